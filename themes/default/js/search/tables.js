// The numbers and lists of words that the program has too. This file is made from src/search/tables.toml, which also
// says what each is, by  UPDATE=1 cargo test the_tables.

function setOf(words) {
    return new Set(words.split(' '));
}

function pairsOf(words) {
    return new Map(words.match(/\S+ \S+/g).map((pair) => pair.split(' ')));
}

const
    STOP_WORDS = setOf('a about all also am an and any are as at be been being but by can could did do does for from had has ' +
        'have he her him his how i if in into is it its me my no nor not of on or our out per shall she so some ' +
        'such than that the their them then there these they this those to too up upon us was we were what when ' +
        'where which while who whom why will with would you your'),
    ALIKE = pairsOf('acknowledgement acknowledgment behavior behaviour behaviors behaviours center centre centers centres ' +
        'chairmen chairman chairwomen chairwoman children child cllr councillor cllrs councillors cmte committee ' +
        'counseling counselling ctte committee cttee committee defense defence dept department depts departments ' +
        'enrollment enrolment feet foot firemen fireman gaol jail govt government halves half harbor harbour ' +
        'inquire enquire inquiries enquiries inquiry enquiry judgement judgment judgements judgments knives knife ' +
        'labor labour license licence licenses licences men man mice mouse mins minutes mtg meeting mtgs meetings ' +
        'neighbor neighbour neighborhood neighbourhood neighborhoods neighbourhoods neighbors neighbours ' +
        'offense offence offenses offences ombudsmen ombudsman organization organisation ' +
        'organizations organisations organize organise organized organised policemen policeman ' +
        'policewomen policewoman rumor rumour shelves shelf teeth tooth thieves thief traveler traveller ' +
        'travelers travellers wives wife women woman'),
    LIGHT_WORDS = setOf('able actually after allowed another anybody anyone anything back before bring bringing brings brought ' +
        'come comes coming dealing does done during else even ever every everyone exactly far find first found ' +
        'gave get gets getting give given gives go goes going gone got happen happened happening happens help ' +
        'just keep keeps kept know known left like long look looked looking lot lots made make makes making many ' +
        'might much must need needs never new next nobody now often one other ought people please put really said ' +
        'say saying says see seeing seen set should since somebody someone something still sure take taken takes ' +
        'taking tell thing things told took two until use used using want wants way yet'),
    PREFIXES = setOf('anti co cyber inter multi non post pre semi sub'),
    SECTION_WORDS = setOf('s section sections ss'),
    MULTIPLIERS = new Map([['k', 3], ['thousand', 3], ['m', 6], ['million', 6], ['mn', 6], ['billion', 9], ['bn', 9]]),
    ORDINALS = setOf('nd rd st th'),
    APOSTROPHES = '\u0027\u2019',
    DASHES = '\u002d\u2010\u2011\u2013',
    NOT_WORD = [
        [0x80, 0xbf], [0xd7, 0xd7], [0xf7, 0xf7], [0x2000, 0x2bff], [0x3000, 0x303f], [0xe000, 0xf8ff],
        [0xfe00, 0xfe6f], [0xff00, 0xff0f], [0xfff0, 0xffff], [0x1f000, 0x1faff],
    ],
    DROPPED = [
        [0xad, 0xad], [0x200b, 0x200d], [0x2060, 0x2060],
    ],
    ACCENTS = [
        [0x300, 0x36f],
    ],
    LONGEST_KEY = 64,
    LONGEST_BRACKET = 3,
    SHORTEST_CAPITALS = 2,
    LONGEST_CAPITALS = 6,
    LONGEST_AMOUNT = 15,
    SHORTEST_TELEPHONE = 10,
    LONGEST_TELEPHONE = 11,
    LONGEST_QUERY = 24,
    SINCE_WORDS = setOf('from since'),
    AFTER_WORDS = setOf('after'),
    BEFORE_WORDS = setOf('before'),
    UNTIL_WORDS = setOf('by till until'),
    WITHIN_WORDS = setOf('during in'),
    BETWEEN_WORDS = setOf('between from'),
    TO_WORDS = setOf('and to until'),
    FIRST_YEAR = 1900,
    LAST_YEAR = 2099,
    BEGINNING_LETTERS = 3,
    NEAR_LETTERS = 4,
    FAR_LETTERS = 7,
    PROSE = 1,
    RECORD = 2,
    HEADING = 3,
    TITLE = 4,
    NAME = 5,
    LABEL = 6,
    TITLE_COVERS = 1,
    HEADING_COVERS = 2,
    DIRECT_WEIGHTS = [0, 8, 10, 14, 30, 44, 40],
    COVER_WEIGHTS = [0, 2, 4],
    LEAST_RARITY = 16,
    MOST_TOGETHER = 4,
    ANSWER_SHIFT = 1,
    LIFT_SHIFT = 1,
    DIRECT_SHIFT = 2,
    OVER_SHIFT = 2,
    STANDING_SHIFT = 2,
    TOGETHER_SHIFT = 3,
    AGE_SHIFT = 8,
    FEW_PAGES = 5,
    MOST_PARTS = 31,
    NEAR_SHIFT = 3,
    NEAREST_LEVEL = 4,
    NEAR_WEIGHT = 7,
    MOST_COMMON_NEAR = 7,
    MOST_FILES = 8,
    MOST_WORD_FILES = 11,
    ALL_SHIFT = 2,
    HELD_SHIFT = 2,
    HELD_ITSELF = 4,
    UNDATED_YEARS = 2,
    OLD_YEARS = 32,
    PASSAGES_SHOWN = 3,
    LONGEST_WHOLE = 40,
    EXCERPT_UNITS = 32,
    UNITS_BEFORE_MARK = 6,
    FORMAT = 'folkmoot-search/5',
    MAGIC = 'FMS1',
    GAP_ESCAPE = 24,
    LONGEST_REST = 24,
    ALL_PROSE = 128,
    REACH_BITS = 2,
    POSITION_BITS = 3,
    ONE_NAME = 4,
    CUT_LETTERS = 'abcdefhimprst',
    CUTS = 'gnr',
    MONTHS = [...setOf('january february march april may june july august september october november december')];
