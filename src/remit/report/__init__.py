"""From results to what people read: sentences, tables, pictures, pages."""
