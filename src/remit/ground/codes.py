"""The fault codes: one meaning each, never used again for another. Their page is generated from this table."""

from remit.ground.meaning import Meaning
from remit.ground.pilot_codes import PILOT_CODES

__all__ = ["CODES", "Meaning"]

CODES: dict[str, Meaning] = {
    # documents
    "DOC001": Meaning("the file cannot be read", "", "Check the name and that you may read it."),
    "DOC002": Meaning(
        "the file is too large", "Inputs are small documents; a huge one is a mistake or an attack.", ""
    ),
    "DOC003": Meaning(
        "not YAML", "The text stops making sense there.", "Check indentation, quotes and brackets."
    ),
    "DOC004": Meaning("a key stands twice", "The second would silently win.", "Remove one of them."),
    "DOC005": Meaning(
        "anchors and aliases are refused",
        "They can make a small file expand without end.",
        "Write the value out.",
    ),
    "DOC006": Meaning("nested too deep", "Inputs are shallow; a deep one is a mistake or an attack.", ""),
    "DOC007": Meaning("tags are refused", "Input is data; a tag could ask for code.", "Remove the tag."),
    "DOC008": Meaning("the file is empty", "", "Begin with: remit init my-brief.yaml"),
    "DOC009": Meaning("too many values", "Inputs are small documents.", ""),
    "DOC010": Meaning("not text", "Inputs are UTF-8 text.", "Save the file as UTF-8."),
    "DOC011": Meaning("the file cannot be written", "", "Choose another name or folder."),
    # quantities and units
    "QTY001": Meaning(
        "unknown unit", "A number without a known unit cannot be checked or converted (Law 2).", ""
    ),
    "QTY002": Meaning("unit of another kind", "The number would mean something else.", ""),
    "QTY003": Meaning(
        "no source",
        "Every number, and every rule, has a source or is called an assumption (Law 2).",
        'Add "source: ID" or "assumption: why you chose it".',
    ),
    "QTY004": Meaning("source not listed", "A reader could not look it up.", 'List it under "sources".'),
    "QTY005": Meaning("range does not hold the value", "", "low <= value <= high."),
    "QTY006": Meaning("out of bounds", "The number cannot mean what its name says.", ""),
    "QTY007": Meaning(
        "money without a price year", "Pounds of different years are not the same.", 'Add "price_year: YYYY".'
    ),
    "QTY008": Meaning(
        "no deflator for that year", "The money could not be carried to the brief's price year.", ""
    ),
    "QTY009": Meaning(
        "a bare number",
        "Every number is a quantity: value, unit, range and source (Law 2).",
        "Write {value: ..., unit: ..., source: ...}.",
    ),
    # briefs
    "BRF001": Meaning("wrong kind of value", "", ""),
    "BRF002": Meaning("unknown key", "It would be silently ignored.", ""),
    "BRF003": Meaning("missing key", "", ""),
    "BRF004": Meaning(
        "unknown number", "The engine has no such parameter; it would be silently ignored.", ""
    ),
    "BRF005": Meaning("missing number", "The engine cannot run without it.", ""),
    "BRF006": Meaning(
        "a zone without people",
        "Rates per person cannot be spread over it.",
        "Give its population or take it out.",
    ),
    "BRF007": Meaning(
        "survival rises with time",
        "Later help cannot be better help.",
        "Slopes of a survival curve must not be above 0.",
    ),
    "BRF008": Meaning("unknown brief", "", "See: remit gallery"),
    "BRF009": Meaning("the same id twice", "Results could not be told apart.", ""),
    "BRF010": Meaning(
        "no zone is measured", "Nothing would be counted.", 'Set "inside: true" on at least one zone.'
    ),
    "BRF011": Meaning("not a family of service that can be simulated", "", ""),
    "BRF012": Meaning("shares do not add to one", "", ""),
    "BRF013": Meaning("unknown deprivation rank", "National ranks run from 1 (most deprived) to 32,844.", ""),
    "BRF014": Meaning("nothing is called that", "", ""),
    "BRF015": Meaning("too many skills", "Crews and kinds are matched on at most eight.", ""),
    "BRF016": Meaning(
        "the headline kind has no outcome, and another has",
        "Designs are compared by survival of the headline need; where no kind has an outcome, by what is fixed.",
        'Set "has_outcome: true" on that kind and give a survival curve, or on none.',
    ),
    "BRF017": Meaning(
        "a need with an outcome comes back",
        "One person would survive, or not, more than once.",
        'State every new event in "incidence"; leave repeat_share, away_return_share and self_share of that kind at 0.',
    ),
    "BRF018": Meaning(
        "a number that goes together with others is certain",
        "It has one value in every scenario, so there is nothing to tie.",
        "Give it a range, or take it out of the group.",
    ),
    "BRF019": Meaning(
        "a question with answers cannot be tied",
        "Its answers stand in no order, so none is high or low.",
        "Take it out of the group.",
    ),
    "BRF020": Meaning(
        "rank correlation out of range",
        "It lies between -1 and 1; at the ends two numbers would be one.",
        "Write a number above -1 and below 1.",
    ),
    "BRF021": Meaning(
        "a name is tied twice",
        "Which tie holds would be left to chance.",
        "Name it once: put all that go together into one group.",
    ),
    "BRF022": Meaning(
        "rank correlations that cannot hold together",
        "If a goes with b and b with c, then a and c cannot go far apart.",
        "Bring the correlations of the group nearer to 0.",
    ),
    "BRF023": Meaning(
        "not a pair of the group",
        "It would be silently ignored.",
        "Each pair is two different names of the group, listed once.",
    ),
    "BRF024": Meaning(
        "a zone outside the place",
        "Help of this family is counted for everyone who lives in it: there is no ring around it.",
        "Leave the zone out, or set inside to true.",
    ),
    # designs
    "DSN001": Meaning("unknown variable", "A design is a setting for each of the 24 variables.", ""),
    "DSN002": Meaning("unknown option", "", ""),
    "DSN003": Meaning("level out of range", "", ""),
    "DSN004": Meaning("a variable is not set", "Today must state all 24 settings.", ""),
    "DSN005": Meaning("wrong kind of setting", "", ""),
    "DSN007": Meaning("no such design", "", ""),
    "DSN008": Meaning(
        "a level that leans on another worked-out level",
        "Which comes first would decide the answer.",
        "Let it cost the same as a design whose settings are all numbers.",
    ),
    "DSN006": Meaning("no such design or file", "", "Name an archetype, a design file, or BRIEF/DESIGN."),
    "DSN009": Meaning(
        "an archetype that cannot be had here",
        "No consistent design keeps its signature with what stands here.",
        "See: remit design explain NAME --for BRIEF",
    ),
    # rules and conditions
    "CON001": Meaning("unknown condition", "", "See: remit catalogue"),
    "CON002": Meaning("unknown rule", "", "See: remit catalogue rules"),
    "CON003": Meaning(
        "only empirical rules can be softened",
        "Rules of logic follow from the words, rules of law from the law; neither is a matter of this place.",
        "",
    ),
    "CON004": Meaning(
        "a local rule makes today's service impossible",
        "A rule that what exists already breaks cannot be right as it stands.",
        "Narrow the rule, or correct today's settings.",
    ),
    "CON005": Meaning(
        "the rules leave no design at all", "They contradict one another.", "Narrow the local rule."
    ),
    "CON006": Meaning(
        "the id of a rule is taken", "Two rules could not be told apart.", "Choose another id."
    ),
    "CON007": Meaning("a clause of a rule names nothing", "It would be silently ignored.", ""),
    "CON008": Meaning(
        "the rule file lies outside the brief's folder", "A brief reads files beside itself only.", ""
    ),
    "RTE001": Meaning(
        "no way from today to any of these designs",
        "",
        "Give it more months, another pace or more capacity: see remit route --help",
    ),
    "CON009": Meaning(
        "the search was cut short",
        "No answer was found, which does not prove that there is none.",
        "Keep fewer settings, or ask for fewer answers.",
    ),
    # places
    "PLC001": Meaning("no zone table in the folder", "", "Put one CSV in ONS column names into the folder."),
    "PLC002": Meaning("a column is missing", "", ""),
    "PLC003": Meaning("the table is empty", "There is no zone to run.", ""),
    "PLC004": Meaning("a cell is not a number", "", ""),
    "PLC005": Meaning(
        "boundaries do not match the table", "The map would show other places than the numbers.", ""
    ),
    "PLC006": Meaning(
        "not GeoJSON", "", "Boundaries are a GeoJSON FeatureCollection in longitude and latitude."
    ),
    "PLC007": Meaning("path leaves the folder", "A place is read from its own folder only.", ""),
    "PLC008": Meaning("the same zone twice", "Its people would be counted twice.", ""),
    "PLC009": Meaning(
        "a drive from or to nowhere", "Travel times go by zone id, and by name of base or hospital.", ""
    ),
    # mechanism
    "MEC001": Meaning(
        "routing not available",
        "This family of service does not find help in this way, or the brief does not say how it would here.",
        "Choose another relationship for this service.",
    ),
    "MEC002": Meaning(
        "more volunteers than the ceiling",
        "A denser pool must hold everyone of a thinner one.",
        'Raise "alert.ceiling_per_km2" in the brief.',
    ),
    "MEC008": Meaning(
        "more carers than the ceiling",
        "A larger pool must hold everyone of a smaller one.",
        'Raise "carers.ceiling" in the brief.',
    ),
    "MEC009": Meaning(
        "not simulated in this family",
        "Its engine tells a year as a whole, for a design that stands.",
        "Compare the designs without it.",
    ),
    "MEC010": Meaning(
        "a patch without a crew that it needs",
        "Its requests would wait for ever.",
        'Raise "teams.help_patches", add crews, or give shifts the skills.',
    ),
    "MEC006": Meaning(
        "too many people within reach of an alert",
        "The alert looks at no more than about 3,500 candidates.",
        'Lower "alert.radius_m" or "alert.ceiling_per_km2".',
    ),
    "MEC003": Meaning(
        "more need than the ceiling",
        "Need is born at the brief's ceiling, which no design may exceed.",
        'Raise "demand.ceiling_factor" in the brief.',
    ),
    "MEC004": Meaning("unknown parameter", "", ""),
    "MEC005": Meaning("effects leave a parameter out of bounds", "The result would mean nothing.", ""),
    "MEC007": Meaning(
        "a number that cannot change on a date",
        "Births, roads, people and curves are the same for a whole run.",
        "Change one of the dated numbers: docs/reference/numbers*.md mark them.",
    ),
    # catalogue
    "CAT001": Meaning("the catalogue does not hold together", "", ""),
    "CAT002": Meaning("unknown catalogue entry", "", ""),
    # runs
    # the commons family
    "COM001": Meaning(
        "an estate without assets", "There would be nothing to keep up.", 'List them under "assets".'
    ),
    "COM002": Meaning(
        "compounds to nonsense",
        "A rate that multiplies money tenfold or more over the run says nothing about a real place.",
        "Give it a year, as a share above prices, or run fewer years.",
    ),
    "COM003": Meaning(
        "an endowment that must run dry",
        "It spends more than its best return, so it is no endowment for the years asked.",
        "Lower spend_share, or run fewer years.",
    ),
    "COM004": Meaning("a campaign with nobody in reach", "No pledge would ever come.", ""),
    "COM005": Meaning(
        "a match pot larger than pledges could use",
        "The rest would lapse every year, and the arms would not spend equal money.",
        "Lower the pot, or raise the match's share.",
    ),
    "COM006": Meaning(
        "an estate stays where it is",
        "Its assets lie in zones of the brief's own place.",
        "Write a brief of the other place, with its own assets.",
    ),
    "ENS001": Meaning(
        "the results folder holds another question",
        "Its runs were made for other inputs.",
        "Choose another folder.",
    ),
    "ENS002": Meaning(
        "results could not be written",
        "What finished before is kept and readable.",
        "Free some space and run the same command again: it goes on where it stopped.",
    ),
    "ENS003": Meaning(
        "no store of an ensemble",
        "There is nothing to ask.",
        "Fill one with: remit explore BRIEF --into STORE",
    ),
    "ENS004": Meaning(
        "the store's question has changed",
        "Its runs were made for other inputs; answers would mix two questions.",
        "Fill a new store, or go back to the inputs it was filled with.",
    ),
    "ENS005": Meaning("no such run", "", "See: remit runs STORE"),
    "ENS006": Meaning("too little has finished", "", "Go on with: remit explore"),
    "ENS007": Meaning(
        "the folder is of another version of Remit",
        "Its runs are kept in a way that this Remit does not read; nothing in it was changed.",
        "Ask it with the Remit that made it, or fill a new folder: the same command makes the same runs.",
    ),
    "ENS008": Meaning(
        "the store keeps other outcomes of a run",
        "Some runs would lack what others have.",
        "Ask in the same way as before, or fill a new store.",
    ),
    "ENS009": Meaning(
        "the store's futures share draws",
        "This question takes futures for independent, and would find what is not there.",
        "Ask remit drivers of it, or fill another store without --vary.",
    ),
    "ENS010": Meaning(
        "the folder holds other things",
        "Runs would be mixed among them.",
        "Choose a folder of its own; it is made if it is not there.",
    ),
    "SIM001": Meaning(
        "more births than a run has room for", "A rate is far beyond what the brief's averages say.", ""
    ),
    # clusters
    "CLU001": Meaning(
        "the scheduler was not reached",
        "",
        "Check that its address is right and reachable from here, that it runs, "
        "and that its workers have the same versions as here.",
    ),
    "CLU002": Meaning(
        "what a cluster needs is not installed",
        "",
        'In the folder of Remit: python3 -m pip install ".[cluster]" installs it.',
    ),
    "CLU003": Meaning(
        "another Remit on the cluster",
        "Its results might be of another model.",
        "Install the same version everywhere, and start the workers again.",
    ),
    **PILOT_CODES,
    # command line
    "CLI001": Meaning("options that do not fit", "", ""),
}
