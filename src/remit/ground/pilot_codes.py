"""The fault codes of pilots and of evidence; part of the table in ``codes.py``."""

from remit.ground.meaning import Meaning

PILOT_CODES: dict[str, Meaning] = {
    # pilots
    "PIL001": Meaning("not a pilot's design file", "", "The first line is pilot: 1."),
    "PIL002": Meaning(
        "shares of arms do not add up", "", "Give every arm a share, together 1, or none for equal shares."
    ),
    "PIL003": Meaning("the same name twice", "What is found could not be told apart.", ""),
    "PIL004": Meaning(
        "a table of units that does not fit",
        "Chance must know exactly what it deals with.",
        "The first column is id, names of columns differ, and every row has a cell for each column.",
    ),
    "PIL005": Meaning("no such column", "Balance on it could not be kept.", 'List it under "units".'),
    "PIL006": Meaning("constraints that do not fit the design", "", ""),
    "PIL007": Meaning("unknown number", "It would be silently ignored.", ""),
    "PIL008": Meaning(
        "missing number",
        "This design's power cannot be worked out without it.",
        'Add it under "assume" with a unit and a source or an assumption.',
    ),
    "PIL009": Meaning("a number out of bounds", "It cannot mean what its name says.", ""),
    "PIL010": Meaning("outcome and unit do not fit", "Its spread would be worked out wrongly.", ""),
    # analysis of pilots
    "PIL201": Meaning("no such column in the data", "The analysis cannot be done without it.", ""),
    "PIL202": Meaning("a cell that is not a number", "It cannot be counted.", "Leave a missing value empty."),
    "PIL203": Meaning("no estimator for this design", "", ""),
    "PIL204": Meaning(
        "an estimator that does not fit the design", "Its answer would be to another question.", ""
    ),
    "PIL205": Meaning(
        "an outcome that was not registered",
        "Of many outcomes one is always good by luck; what was not named beforehand proves nothing.",
        "Treat it as an idea for the next pilot.",
    ),
    "PIL206": Meaning("arms in the data that cannot be read", "", "Each unit is in one arm of the protocol."),
    "PIL207": Meaning(
        "units were allocated and are not in the data",
        "If they dropped out because of what they were given, the result is not a fair comparison.",
        "Say why each is missing.",
    ),
    "PIL208": Meaning(
        "units in the data that nobody allocated",
        "They were not chosen by chance and are left out.",
        "",
    ),
    "PIL209": Meaning(
        "units were given another way than allocated",
        "They are counted where they were allocated: only that comparison is fair.",
        "",
    ),
    "PIL210": Meaning(
        "other units than the protocol lists", "The pilot that was registered is not the one analysed.", ""
    ),
    "PIL211": Meaning(
        "what was known of units has changed since", "It should have been fixed before the draw.", ""
    ),
    "PIL212": Meaning(
        "many outcomes are missing",
        "Where they are missing for a reason the result may be off by more than its interval says.",
        "Compare the missing of both arms.",
    ),
    "PIL213": Meaning(
        "people stand in more than one row",
        "They are counted as if they were others, so the interval is too narrow.",
        "One row per person, or allocate and analyse by cluster.",
    ),
    "PIL214": Meaning(
        "units left out of a roll-out",
        "They lack a period, had started before the first, or nobody started with them.",
        "",
    ),
    "PIL215": Meaning(
        "not a table", "", "Data are CSV (also .csv.gz, .parquet); the first line names the columns."
    ),
    "PIL216": Meaning(
        "the pilot is not registered",
        "Nobody can see that outcome and analysis were chosen before the results were known.",
        "Register a design before the draw.",
    ),
    "PIL217": Meaning(
        "the design file is not the one that was registered",
        "The question may have been fitted to the answer.",
        "",
    ),
    "PIL218": Meaning(
        "the protocol was amended",
        "Read when and why: an amendment after the data came is to be doubted.",
        "",
    ),
    # pilots: the draw
    "PIL101": Meaning(
        "no table of units",
        "Chance must know whom it deals with.",
        'List every unit under "units", an id each.',
    ),
    "PIL102": Meaning("fewer units than arms or steps", "Some would have nobody.", ""),
    "PIL103": Meaning("not a design that is drawn by lot", "In it nobody is allocated by chance.", ""),
    "PIL104": Meaning(
        "too few units for a finding",
        "Whatever happened, the test could not tell it from luck.",
        "",
    ),
    "PIL105": Meaning("no pairs can be made", "", "Choose another method, or other units."),
    "PIL106": Meaning(
        "no text to draw from",
        "The seed must be a text that nobody could choose: a lottery result, a headline of a day to come.",
        'Give one: --seed-from "TEXT".',
    ),
    "PIL107": Meaning(
        "steps that do not come out even within blocks",
        "The numbers at each step would not be those asked for.",
        "Leave out the block, or per_step.",
    ),
    # pilots: the register
    "PIL110": Meaning(
        "the register was changed",
        "Entries are only ever added; whoever changes one breaks the chain.",
        "Take the last copy that holds together, and ask who changed this one.",
    ),
    "PIL111": Meaning(
        "an amendment without a reason",
        "What was promised may change, but not silently.",
        'Say why: --reason "TEXT".',
    ),
    "PIL112": Meaning(
        "not the registered protocol",
        "What is drawn or analysed must be what was promised before.",
        "Register it first: remit pilot register DESIGN.yaml --into REGISTER",
    ),
    "PIL113": Meaning(
        "drawn already",
        "Whoever may draw again can draw until the result suits.",
        "Keep to the first draw.",
    ),
    "PIL219": Meaning(
        "the draw was constrained, and the p-value takes it for free",
        "Fewer draws were possible than it tries, so it may be off either way.",
        "",
    ),
    "PIL220": Meaning(
        "the allocation is not the one that was drawn", "Chance did not deal so.", "Use the file of the draw."
    ),
    # evidence
    "EVD001": Meaning("a grade that its scale does not have", "Grades without a scale mean nothing.", ""),
    "EVD002": Meaning(
        "a line of the evidence that is no record", "", "Add records with: remit evidence add RECORD.yaml"
    ),
    "EVD003": Meaning("nothing is known of that number", "", "See: remit evidence list"),
    "PIL011": Meaning("no formula for that outcome", "", ""),
}
