//! What somebody finds on the sample: the words that residents and councillors type, and where they should land.
//!
//! These hold the rules of relevance (`src/search/FORMAT.md`) to people; that the index keeps its rules is tried beside
//! it, against a plain scan. `folkmoot search` and the search page give the same answers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use folkmoot::{Answer, IndexError, Question, find};

use crate::generate;
use crate::memory::{build, options, sources};
use crate::properties::sample;

static SAMPLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| build(&sources(sample()), &options()).outputs);

fn ask(outputs: &BTreeMap<String, Vec<u8>>, question: &Question) -> Result<Answer, IndexError> {
    find(&|path| outputs.get(path).cloned(), question)
}

fn asked(text: &str) -> Answer {
    let question = Question { text: text.into(), limit: 10, counts: true, ..Question::default() };
    ask(&SAMPLE, &question).expect("the index of the sample is whole")
}

/// The first page and the first place on it.
fn first(text: &str) -> String {
    let answer = asked(text);
    let Some(hit) = answer.results.first() else { return "nothing".into() };
    let passage = &hit.passages[0];
    if passage.anchor.is_empty() {
        hit.page.address.clone()
    } else {
        format!("{}#{}", hit.page.address, passage.anchor)
    }
}

#[test]
fn what_people_type_lands_where_it_should() {
    let mut wrong = Vec::new();
    for (typed, place) in GOLDEN {
        let found = first(typed);
        if found != *place {
            wrong.push(format!("{typed}: {found}, and not {place}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const GOLDEN: &[(&str, &str)] = &[
    ("asb", "/priorities/anti-social-behaviour/"),
    ("antisocial", "/priorities/anti-social-behaviour/"),
    ("DA", "/priorities/domestic-abuse/"),
    ("burglry", "/strategies/safer-marlshire-plan-2022-2027/#para-2.2"),
    ("knife crime", "/priorities/serious-violence/"),
    ("what was decided about knife crime", "/resolutions/board-2025-14/"),
    ("what was decided about fraud", "/resolutions/board-2024-07/"),
    ("7.3", "/minutes/communities-scrutiny/2023-09-12/#para-7.3"),
    ("12 September 2023", "/minutes/communities-scrutiny/2023-09-12/"),
    ("14 March 2017", "/minutes/marlshire-community-safety-partnership/2017-03-14/"),
    ("since 2019", "/minutes/safer-marlshire-board/2026-12-08/"),
    ("domestic abuse", "/priorities/domestic-abuse/"),
    ("scams", "/priorities/fraud-and-scams/"),
    ("2021/14", "/resolutions/2021-14/"),
    ("2018-11", "/resolutions/2018-11/"),
    ("call blockers", "/priorities/fraud-and-scams/#p-cxdd7w"),
    ("\"a man who did not exist\"", "/minutes/communities-scrutiny/2023-09-12/#para-7.2"),
    ("640 blockers", "/minutes/communities-scrutiny/2023-09-12/#para-7.4"),
    ("fraud 7.6", "/minutes/communities-scrutiny/2023-09-12/#para-7.6"),
];

#[test]
fn all_names_of_one_thing_find_the_same() {
    let counts = |text: &str| {
        let answer = asked(text);
        (answer.pages, answer.passages)
    };
    for names in [
        ["asb", "ASB", "anti-social behaviour", "antisocial behaviour", "Anti social behaviour"].as_slice(),
        &["DA", "da", "domestic abuse", "domestic violence"],
        &["serious violence", "knife crime"],
        &["PCC", "pcc", "Police and Crime Commissioner"],
        &["case review", "community trigger"],
        &["antisocial", "anti-social", "anti social"],
        &["£61,500", "£61500", "£61.5k"],
        &["decided", "decision", "resolved"],
    ] {
        let expected = counts(names[0]);
        assert!(expected.0 > 0, "{} finds nothing", names[0]);
        for name in names {
            assert_eq!(counts(name), expected, "{name} and {}", names[0]);
        }
    }
}

#[test]
fn what_is_mistyped_is_put_right_and_what_is_nowhere_is_named() {
    let answer = asked("reofending");
    assert_eq!(
        (answer.notes.corrected[0].typed.as_str(), answer.notes.corrected[0].used.as_str()),
        ("reofending", "reoffending")
    );
    assert!(answer.pages > 0);
    let answer = asked("fraud xyzzyq");
    assert_eq!((answer.notes.not_found, answer.pages), (vec!["xyzzyq".to_owned()], asked("fraud").pages));
    let answer = asked("2021/99");
    assert_eq!((answer.notes.not_found, answer.pages), (vec!["2021/99".to_owned()], 0));
    let answer = asked("what was decided about fraud");
    assert_eq!(answer.notes.left_out, ["what", "was", "about"]);
    assert!(answer.pages > 0);
    let answer = asked("mediation refuge \"burglary and shop theft\"");
    let alone: Vec<(&str, u32)> = answer.alone.iter().map(|one| (one.typed.as_str(), one.pages)).collect();
    assert_eq!(
        alone.iter().map(|(typed, _)| *typed).collect::<Vec<_>>(),
        ["mediation", "refuge", "\"burglary and shop theft\""]
    );
    for (typed, pages) in alone {
        assert_eq!(asked(typed).pages, pages, "{typed}");
    }
    assert_eq!(asked("fraud").alone, []);
}

#[test]
fn where_nothing_has_everything_what_has_most_of_it_comes_first_and_says_what_it_lacks() {
    let answer = asked("how is knife crime dealt with");
    assert!(answer.partly && answer.pages > 0);
    assert!(answer.results.windows(2).all(|two| two[0].lacks.len() <= two[1].lacks.len()));
    let lacks: Vec<&String> = answer.results.iter().flat_map(|hit| &hit.lacks).collect();
    assert!(lacks.iter().all(|lacks| ["knife crime", "dealt"].contains(&lacks.as_str())), "{lacks:?}");
    // Nothing that is excluded comes back, and no other time.
    let answer = asked("mediation refuge burglary -fraud since 2025");
    assert!(answer.partly);
    for hit in &answer.results {
        assert!(hit.page.iso.is_empty() || hit.page.iso.as_str() >= "2025", "{}", hit.page.iso);
    }
    // One word more than there is does not turn an answer into another one.
    assert!(!asked("knife crime").partly && !asked("xyzzyq").partly);
}

#[test]
fn answers_are_narrowed_by_time_and_by_facets() {
    let years = |text: &str| {
        let answer = asked(text);
        let facet = answer.facets.iter().find(|facet| facet.key == "year").expect("years are a facet");
        let mut years: Vec<String> = facet.values.iter().map(|value| value.key.clone()).collect();
        years.sort();
        (years.first().cloned().unwrap_or_default(), years.last().cloned().unwrap_or_default())
    };
    assert!(years("fraud since 2023").0.as_str() >= "2023");
    assert!(years("board before 2018").1.as_str() < "2018");
    assert_eq!(years("in 2021"), ("2021".to_owned(), "2021".to_owned()));
    let question = |facets: &[(&str, &str)]| Question {
        text: "fraud".into(),
        facets: facets.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        limit: 100,
        counts: true,
        ..Question::default()
    };
    let narrowed = ask(&SAMPLE, &question(&[("kind", "minutes")])).expect("the index is whole");
    assert!(narrowed.pages > 0 && narrowed.pages < asked("fraud").pages);
    assert!(narrowed.results.iter().all(|hit| hit.page.address.starts_with("/minutes/")), "only minutes");
    // A decision belongs to the body of its meeting.
    let body = question(&[("kind", "resolutions"), ("body", "communities-scrutiny")]);
    assert!(
        ask(&SAMPLE, &body)
            .expect("the index is whole")
            .results
            .iter()
            .any(|hit| hit.page.address == "/resolutions/2023-09/")
    );
    let both = ask(&SAMPLE, &question(&[("kind", "minutes"), ("kind", "strategies")])).expect("the index is whole");
    assert!(both.pages > narrowed.pages);
}

#[test]
fn nothing_that_is_withheld_can_be_found() {
    for seed in [21, 22] {
        let made = generate::site(seed, 40);
        let outputs = build(&sources(made.files), &options()).outputs;
        assert!(!made.canaries.is_empty());
        for canary in &made.canaries {
            let question = Question { text: canary.clone(), limit: 100, ..Question::default() };
            let answer = ask(&outputs, &question).expect("the index is whole");
            assert_eq!((answer.pages, answer.notes.not_found), (0, vec![canary.clone()]), "seed {seed}");
        }
    }
}

#[test]
fn a_site_without_documents_has_an_index_that_answers() {
    let outputs = build(&sources([]), &options()).outputs;
    let answer =
        ask(&outputs, &Question { text: "fraud since 2020".into(), limit: 9, counts: true, ..Question::default() });
    assert_eq!(answer.map(|answer| answer.pages), Ok(0));
    let nothing = ask(&BTreeMap::new(), &Question::default());
    assert_eq!(nothing, Err(IndexError::Missing("search/index.bin".into())));
}

#[test]
fn numbers_are_found_in_parts_and_however_they_are_grouped() {
    let page = "---\ntitle: A lamp\nsummary: A lamp in a street.\n---\nApplication 24/01150. Ring 01632 960 115.\n";
    let outputs = build(&sources([("content/pages/lamp.md".to_owned(), page.into())]), &options()).outputs;
    for typed in ["24/01150", "01150", "24-01150", "01632 960115", "01632960115", "01632 960 115", "960 115"] {
        let answer = ask(&outputs, &Question { text: typed.into(), limit: 9, ..Question::default() });
        let answer = answer.expect("the index is whole");
        assert_eq!(answer.results.first().map(|hit| hit.page.address.as_str()), Some("/lamp/"), "{typed}");
    }
}

#[test]
fn a_word_that_the_site_does_not_have_is_answered_by_its_neighbours_and_these_are_named() {
    let answer = asked("garbage");
    assert!(answer.notes.also.contains(&"rubbish".to_owned()), "{:?}", answer.notes.also);
    assert_eq!(answer.results[0].page.address, "/contacts/noise-and-nuisance/");
    // What is there word for word needs no guess, what is in quotes forbids it, and outcomes and opposites have none.
    for typed in ["fraud", "\"garbage\"", "rejected", "unsafe"] {
        assert_eq!(asked(typed).notes.also, Vec::<String>::new(), "{typed}");
    }
    // A word of English is not taken for a mistyped one.
    assert_eq!(asked("movie").notes.corrected, []);
}

#[test]
fn words_of_kinds_and_times_bring_their_pages_first() {
    for (typed, address) in [
        ("minutes june 2021", "/minutes/safer-marlshire-board/2021-06-10/"),
        ("knifecrime saltmre", "/initiatives/saltmere-safer-streets/"),
        ("domestc violance", "/priorities/domestic-abuse/"),
    ] {
        let found = asked(typed).results;
        let among = found.iter().take(3).any(|hit| hit.page.address == address);
        assert!(among, "{typed}: {:?}", found.iter().map(|hit| &hit.page.address).collect::<Vec<_>>());
    }
    let strategies = asked("strategies for domestic abuse").results;
    assert!(strategies[..3].iter().any(|hit| hit.page.address.starts_with("/strategies/")));
}

#[test]
fn questions_are_answered_by_the_pages_that_can_answer_them() {
    let first = |typed: &str| asked(typed).results.first().map(|hit| hit.page.address.clone()).unwrap_or_default();
    for (typed, address) in [
        // Nothing but the wording of a question: what answers it.
        ("when do they next meet", "/bodies/safer-marlshire-board/"),
        ("who do i ring about rubbish", "/contacts/noise-and-nuisance/"),
        // The initials of a name, a post, and whom to ask about a page.
        ("who replaced the ccg", "/organisations/marlshire-clinical-commissioning-group/"),
        ("head of safer communities", "/people/naomi-farrant/"),
        ("scrutiny officer email", "/people/bridget-oakes/"),
        ("case review officer", "/asking-for-a-case-review/"),
    ] {
        assert_eq!(first(typed), address, "{typed}");
    }
    // Two words that the site writes as one.
    assert!(asked("sea front").notes.also.contains(&"seafront".to_owned()));
}

#[test]
fn a_contact_that_has_ended_is_not_found() {
    let page = |until: &str| {
        let contact = format!("contact: {{post: Lamplighter General, email: lamps@example.org, until: {until}}}");
        let page = format!("---\ntitle: A lamp\nsummary: A lamp in a street.\n{contact}\n---\nIt is lit.\n");
        let outputs = build(&sources([("content/pages/lamp.md".to_owned(), page.into())]), &options()).outputs;
        let question = Question { text: "lamplighter".into(), limit: 9, ..Question::default() };
        ask(&outputs, &question).expect("the index is whole").pages
    };
    assert_eq!((page("2016-01-01"), page("2099-12-31")), (0, 1));
}
