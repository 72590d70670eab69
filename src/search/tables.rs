//! The numbers and lists of words that the program, the script of the search and FORMAT.md have alike.
//!
//! Input: `tables.toml`, from which `UPDATE=1 cargo test the_tables` writes this file. Output: constants.
//! Not here: anything that is typed by hand.

/// Words that carry no meaning by themselves: they have no key, and a phrase has a gap in their place.
pub const STOP_WORDS: [&str; 86] = ["a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "no", "nor", "not", "of", "on", "or", "our", "out", "per", "shall", "she", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "up", "upon", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your"];

/// English words that have the key of another: how clerks shorten it, how others spell it, and plurals that the stemmer does not know.
pub const ALIKE: [(&str, &str); 59] = [("acknowledgement", "acknowledgment"), ("behavior", "behaviour"), ("behaviors", "behaviours"), ("center", "centre"), ("centers", "centres"), ("chairmen", "chairman"), ("chairwomen", "chairwoman"), ("children", "child"), ("cllr", "councillor"), ("cllrs", "councillors"), ("cmte", "committee"), ("counseling", "counselling"), ("ctte", "committee"), ("cttee", "committee"), ("defense", "defence"), ("dept", "department"), ("depts", "departments"), ("enrollment", "enrolment"), ("feet", "foot"), ("firemen", "fireman"), ("gaol", "jail"), ("govt", "government"), ("halves", "half"), ("harbor", "harbour"), ("inquire", "enquire"), ("inquiries", "enquiries"), ("inquiry", "enquiry"), ("judgement", "judgment"), ("judgements", "judgments"), ("knives", "knife"), ("labor", "labour"), ("license", "licence"), ("licenses", "licences"), ("men", "man"), ("mice", "mouse"), ("mins", "minutes"), ("mtg", "meeting"), ("mtgs", "meetings"), ("neighbor", "neighbour"), ("neighborhood", "neighbourhood"), ("neighborhoods", "neighbourhoods"), ("neighbors", "neighbours"), ("offense", "offence"), ("offenses", "offences"), ("ombudsmen", "ombudsman"), ("organization", "organisation"), ("organizations", "organisations"), ("organize", "organise"), ("organized", "organised"), ("policemen", "policeman"), ("policewomen", "policewoman"), ("rumor", "rumour"), ("shelves", "shelf"), ("teeth", "tooth"), ("thieves", "thief"), ("traveler", "traveller"), ("travelers", "travellers"), ("wives", "wife"), ("women", "woman")];

/// Words that say how somebody asks more than what for: they are left out where there is another.
pub const LIGHT_WORDS: [&str; 118] = ["able", "actually", "after", "allowed", "another", "anybody", "anyone", "anything", "back", "before", "bring", "bringing", "brings", "brought", "come", "comes", "coming", "dealing", "does", "done", "during", "else", "even", "ever", "every", "everyone", "exactly", "far", "find", "first", "found", "gave", "get", "gets", "getting", "give", "given", "gives", "go", "goes", "going", "gone", "got", "happen", "happened", "happening", "happens", "help", "just", "keep", "keeps", "kept", "know", "known", "left", "like", "long", "look", "looked", "looking", "lot", "lots", "made", "make", "makes", "making", "many", "might", "much", "must", "need", "needs", "never", "new", "next", "nobody", "now", "often", "one", "other", "ought", "people", "please", "put", "really", "said", "say", "saying", "says", "see", "seeing", "seen", "set", "should", "since", "somebody", "someone", "something", "still", "sure", "take", "taken", "takes", "taking", "tell", "thing", "things", "told", "took", "two", "until", "use", "used", "using", "want", "wants", "way", "yet"];

/// Words that are written apart from the next word as often as together with it.
pub const PREFIXES: [&str; 10] = ["anti", "co", "cyber", "inter", "multi", "non", "post", "pre", "semi", "sub"];

/// Words after which a number is a section of a law.
pub const SECTION_WORDS: [&str; 4] = ["s", "section", "sections", "ss"];

/// Words that multiply an amount, with the zeros that they add.
pub const MULTIPLIERS: [(&str, u8); 7] = [("k", 3), ("thousand", 3), ("m", 6), ("million", 6), ("mn", 6), ("billion", 9), ("bn", 9)];

/// Endings of a day of the month in digits.
pub const ORDINALS: [&str; 4] = ["nd", "rd", "st", "th"];

/// Characters that are dropped between two letters.
pub const APOSTROPHES: [char; 2] = ['\u{27}', '\u{2019}'];

/// Characters that join words as a hyphen does.
pub const DASHES: [char; 4] = ['\u{2D}', '\u{2010}', '\u{2011}', '\u{2013}'];

/// Characters from U+0080 on that stand in no word.
pub const NOT_WORD: [(u32, u32); 10] = [(0x80, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x2000, 0x2BFF), (0x3000, 0x303F), (0xE000, 0xF8FF), (0xFE00, 0xFE6F), (0xFF00, 0xFF0F), (0xFFF0, 0xFFFF), (0x1F000, 0x1FAFF)];

/// Characters that stand in words all the same, and that folding drops: soft hyphens and joiners.
pub const DROPPED: [(u32, u32); 3] = [(0xAD, 0xAD), (0x200B, 0x200D), (0x2060, 0x2060)];

/// Characters that folding drops after NFKD.
pub const ACCENTS: [(u32, u32); 1] = [(0x300, 0x36F)];

/// The longest key, in bytes of UTF-8; a longer one is cut at a character.
pub const LONGEST_KEY: usize = 64;

/// How many characters stand between the brackets of a part of a reference, at most.
pub const LONGEST_BRACKET: usize = 3;

/// How many letters a word in capitals has.
pub const SHORTEST_CAPITALS: usize = 2;

/// How many letters a word in capitals has.
pub const LONGEST_CAPITALS: usize = 6;

/// How many digits an amount has, at most, before its point and after it.
pub const LONGEST_AMOUNT: usize = 15;

/// How many digits a telephone number in several parts has.
pub const SHORTEST_TELEPHONE: usize = 10;

/// How many digits a telephone number in several parts has.
pub const LONGEST_TELEPHONE: usize = 11;

/// How many units of a question are read.
pub const LONGEST_QUERY: usize = 24;

/// A date after one of these asks for pages from its first day on.
pub const SINCE_WORDS: [&str; 2] = ["from", "since"];

/// A date after one of these asks for pages from the day after its last on.
pub const AFTER_WORDS: [&str; 1] = ["after"];

/// A date after one of these asks for pages up to the day before its first.
pub const BEFORE_WORDS: [&str; 1] = ["before"];

/// A date after one of these asks for pages up to its last day.
pub const UNTIL_WORDS: [&str; 3] = ["by", "till", "until"];

/// A date after one of these asks for pages within it.
pub const WITHIN_WORDS: [&str; 2] = ["during", "in"];

/// Two dates after one of these ask for pages from the first day of the first to the last day of the second.
pub const BETWEEN_WORDS: [&str; 2] = ["between", "from"];

/// What stands between these two dates.
pub const TO_WORDS: [&str; 3] = ["and", "to", "until"];

/// A number of four digits in this range may be a year.
pub const FIRST_YEAR: i16 = 1900;

/// A number of four digits in this range may be a year.
pub const LAST_YEAR: i16 = 2099;

/// How many letters a mistyped word needs, at least: to be the beginning of another, to be one letter away from it, to be two away.
pub const BEGINNING_LETTERS: usize = 3;

/// How many letters a mistyped word needs, at least: to be the beginning of another, to be one letter away from it, to be two away.
pub const NEAR_LETTERS: usize = 4;

/// How many letters a mistyped word needs, at least: to be the beginning of another, to be one letter away from it, to be two away.
pub const FAR_LETTERS: usize = 7;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const PROSE: u8 = 1;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const RECORD: u8 = 2;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const HEADING: u8 = 3;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const TITLE: u8 = 4;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const NAME: u8 = 5;

/// How a word stands in a passage, the weakest first: in prose, in the prose of a record, in a heading, in a title, in a short title, in a printed label.
pub const LABEL: u8 = 6;

/// What covers a passage that does not have the word itself: the title of its page, or a heading above it.
pub const TITLE_COVERS: u8 = 1;

/// What covers a passage that does not have the word itself: the title of its page, or a heading above it.
pub const HEADING_COVERS: u8 = 2;

/// The weight of each class; the first is for a passage that does not have the word.
pub const DIRECT_WEIGHTS: [u32; 7] = [0, 8, 10, 14, 30, 44, 40];

/// The weight of each cover; the first is for none.
pub const COVER_WEIGHTS: [u32; 3] = [0, 2, 4];

/// The rarity of a word that every passage has, in sixteenths of a binary logarithm.
pub const LEAST_RARITY: u32 = 16;

/// How many pairs of neighbouring words count in one passage, at most.
pub const MOST_TOGETHER: u8 = 4;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const ANSWER_SHIFT: u32 = 1;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const LIFT_SHIFT: u32 = 1;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const DIRECT_SHIFT: u32 = 2;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const OVER_SHIFT: u32 = 2;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const STANDING_SHIFT: u32 = 2;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const TOGETHER_SHIFT: u32 = 3;

/// By how many binary digits a score is moved to the right: for what is added where all words are direct, for each pair, for what is taken from a document that is over, for each year of age, for what is added on pages without a date, on pages that answer such a question, and on pages of a kind that it names.
pub const AGE_SHIFT: u32 = 8;

/// If fewer pages than this have everything that was asked for, pages that have most of it follow.
pub const FEW_PAGES: usize = 5;

/// Of so many things that were asked for, at most, a page may lack some.
pub const MOST_PARTS: u32 = 31;

/// By how many binary digits the weight of a neighbour, times its level, is moved to the right; the most that it weighs where the word itself occurs; and the level of the nearest.
pub const NEAR_SHIFT: u32 = 3;

/// By how many binary digits the weight of a neighbour, times its level, is moved to the right; the most that it weighs where the word itself occurs; and the level of the nearest.
pub const NEAREST_LEVEL: u32 = 4;

/// By how many binary digits the weight of a neighbour, times its level, is moved to the right; the most that it weighs where the word itself occurs; and the level of the nearest.
pub const NEAR_WEIGHT: u32 = 7;

/// Neighbours are asked for as long as they and the question stand in so many files of words; a word that 4 to the power of the other number of passages have is no neighbour.
pub const MOST_COMMON_NEAR: u32 = 7;

/// Neighbours are asked for as long as they and the question stand in so many files of words; a word that 4 to the power of the other number of passages have is no neighbour.
pub const MOST_FILES: u32 = 8;

/// Pairs count as long as they and the question stand in so many files of words: with the first file and three texts these are all that an answer asks for.
pub const MOST_WORD_FILES: u32 = 11;

/// The lists of a key are long if they have more bytes than this in all shards; and of so many bytes of long ones a question asks, at most, if it can.
pub const LONG_LIST: u32 = 8192;

/// The lists of a key are long if they have more bytes than this in all shards; and of so many bytes of long ones a question asks, at most, if it can.
pub const LONG_LISTS: u32 = 32768;

/// Where exact words find too little: how much a page has of a word that stands on it itself (a neighbour: its level); by how many binary digits what it has is moved to the left before its best passage is added; and to the right for what is added where it has everything itself.
pub const ALL_SHIFT: u32 = 2;

/// Where exact words find too little: how much a page has of a word that stands on it itself (a neighbour: its level); by how many binary digits what it has is moved to the left before its best passage is added; and to the right for what is added where it has everything itself.
pub const HELD_SHIFT: u32 = 2;

/// Where exact words find too little: how much a page has of a word that stands on it itself (a neighbour: its level); by how many binary digits what it has is moved to the left before its best passage is added; and to the right for what is added where it has everything itself.
pub const HELD_ITSELF: u32 = 4;

/// After so many years a page is no longer one of the new; so many years old a page without a date is taken to be.
pub const UNDATED_YEARS: u32 = 2;

/// After so many years a page is no longer one of the new; so many years old a page without a date is taken to be.
pub const OLD_YEARS: u32 = 32;

/// How many passages of a page a result shows, at most.
pub const PASSAGES_SHOWN: usize = 3;

/// A text with at most so many units is shown whole.
pub const LONGEST_WHOLE: usize = 40;

/// How many units are shown of a longer text.
pub const EXCERPT_UNITS: usize = 32;

/// How many units before a mark such an excerpt begins.
pub const UNITS_BEFORE_MARK: usize = 6;

/// The name of the form of the index.
pub const FORMAT: &str = "folkmoot-search/5";

/// The first bytes of a binary file.
pub const MAGIC: &str = "FMS1";

/// So many ones mean that a gap stands in 32 bits.
pub const GAP_ESCAPE: u32 = 24;

/// How many bits the rest of a gap has, at most.
pub const LONGEST_REST: u32 = 24;

/// Is added to the number of these bits if every posting is of the class prose and no class is written.
pub const ALL_PROSE: u32 = 128;

/// The k of exponential Golomb codes: for the reach of a heading, and for positions.
pub const REACH_BITS: u32 = 2;

/// The k of exponential Golomb codes: for the reach of a heading, and for positions.
pub const POSITION_BITS: u32 = 3;

/// So many files of texts have one name together, and a digit behind it.
pub const ONE_NAME: usize = 4;

/// How many neighbours of a word are kept, at most.
pub const MOST_NEAR: usize = 4;

/// A title of at most so many words with keys is a name.
pub const NAME_KEYS: usize = 3;

/// Letters with which so many words begin that what is known of these is cut into four files.
pub const CUT_LETTERS: &str = "abcdefhimprst";

/// The second bytes with which the second, the third and the fourth of these files begin.
pub const CUTS: &str = "gnr";

/// A key is common in a segment if at least so many of its passages have it, and one in so many.
pub const COMMON_PASSAGES: u64 = 8;

/// A key is common in a segment if at least so many of its passages have it, and one in so many.
pub const COMMON_SHARE: u64 = 24;

/// How many years one segment holds, at most.
pub const LONGEST_RUN: i32 = 8;

/// The highest digit that says how common a word is.
pub const MOST_COMMON: u32 = 9;
