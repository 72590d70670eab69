//! What was found of those who were there, settled: each once, in one part.
//!
//! Input: people as the labels and sentences of a text name them. Output: facts. Not here: how they are found (`presence`).

use super::phrases::Says;
use super::pieces::plain;
use super::presence::Found;
use crate::lexicon::Lexicon;
use crate::recognise::facts::{Fact, Person, Presence};

/// So many of another council are visitors at most; where more are named, they are members.
const MOST_VISITORS: usize = 2;

/// Whether labels that may mean something else tell who came. "Members" alone may stand for those who belong to a body, as on an
/// agenda; with those of officers or guests beside it, it does, if all have a title or a post.
pub(super) fn is_told(found: &[Found]) -> bool {
    let part = |part: Presence| found.iter().any(|one| one.says == Says::Part(part));
    let named = |one: &Found| one.named.sure || one.named.role.is_some();
    part(Presence::Present) && part(Presence::InAttendance) && found.iter().all(named)
}

/// Puts each of those found into one part.
pub(super) fn settled(found: Vec<Found>, lexicon: &Lexicon) -> Vec<Fact<Person>> {
    let present = found.iter().any(|one| one.says == Says::Part(Presence::Present) && one.named.standing.is_none());
    let seats = Seats::of(&found, lexicon);
    let of_members = |name: &str| {
        let first = name.split_whitespace().next().unwrap_or_default();
        lexicon.has("presence.member-titles", plain(first))
    };
    // "In the chair: Cllr Low. Also in attendance: Cllrs Hay and Pim": the others of those who meet.
    let beside_chair = !present && found.iter().any(|one| one.says == Says::Chair && of_members(&one.named.name));
    let mut people: Vec<Fact<Person>> = Vec::new();
    // Whom the text only says to have been in the chair; most are named again among those present.
    let mut chairs: Vec<Fact<Person>> = Vec::new();
    let mut visitors = Vec::new();
    for Found { named, says, typed } in found {
        let role = named.role.as_deref();
        let posts =
            || role.into_iter().flat_map(|role| role.split(", ")).chain(named.by_post.then_some(named.name.as_str()));
        let chair = says == Says::Chair
            || role.is_some_and(|role| role.split(", ").any(|part| lexicon.fits("presence.chair", part)));
        let servant = posts().chain([named.name.as_str()]).any(|post| seats.serves(post, lexicon));
        let visitor = posts().chain([named.name.as_str()]).any(|post| lexicon.fits("presence.visitor", post));
        let part = match (named.standing.as_deref(), &says) {
            (Some("sent-apologies"), _) => Presence::Apologies,
            (Some("absent"), _) => Presence::Absent,
            (Some("was-there"), Says::Part(Presence::Absent)) => Presence::Present,
            (_, Says::Part(Presence::Present)) if servant => Presence::InAttendance,
            (_, Says::Part(Presence::InAttendance)) if beside_chair && of_members(&named.name) && !visitor => {
                Presence::Present
            }
            (_, Says::Part(part)) => *part,
            (_, Says::Attended) if present || servant => Presence::InAttendance,
            (_, Says::Attended | Says::Chair | Says::Substitute) => Presence::Present,
            (_, Says::Post(_)) => Presence::InAttendance,
        };
        let role = match (&says, named.role) {
            (Says::Post(post), None) => Some(post.clone()),
            (Says::Substitute, None) => Some("substitute".into()),
            (_, role) => role.filter(|role| part.is_there() || is_post(role, lexicon)).map(Into::into),
        };
        let chair = chair && part == Presence::Present;
        let person = Person { name: named.name.into(), short: named.short.map(Into::into), role, part, chair };
        let fact = Fact { value: person, typed };
        if says == Says::Chair {
            chairs.push(fact);
            continue;
        }
        if visitor && part == Presence::Present && !chair {
            visitors.push(people.len());
        }
        people.push(fact);
    }
    let members = among_members(&people, &visitors, lexicon);
    if visitors.len() <= MOST_VISITORS && members {
        visitors.iter().for_each(|at| people[*at].value.part = Presence::InAttendance);
    }
    // Among the members of one body somebody of them writes the minutes; at a meeting of organisations another does.
    for one in people.iter_mut().filter(|one| one.value.part == Presence::Present && !members) {
        if one.value.role.as_deref().is_some_and(|role| lexicon.fits("presence.scribe", role)) {
            one.value.part = Presence::InAttendance;
        }
    }
    with_chairs(people, chairs, lexicon)
}

/// Whether the members of a board have their seats beside their names, so that other posts are of those whom it employs.
struct Seats {
    /// Whether several have.
    several: bool,
    /// Whether there are a president and a vice president: the clerk beside them is an officer of the board.
    officers: bool,
}

impl Seats {
    fn of(found: &[Found], lexicon: &Lexicon) -> Self {
        let roles = || found.iter().filter_map(|one| one.named.role.as_deref());
        let several = roles().filter(|role| lexicon.fits("presence.seat", role)).count() > 1;
        let is = |name: &str| roles().any(|role| role.split(", ").any(|part| part.eq_ignore_ascii_case(name)));
        // "Supervisor Roe, Clerk Fisk, Trustee Katz": the board of a township that elects its clerk.
        let elected = |part: &str| {
            let says =
                |one: &Found| Some(lexicon.find("presence.elected", &one.named.name)?.0.says.as_deref() == Some(part));
            let here = |one: &&Found| matches!(one.says, Says::Part(Presence::Present) | Says::Attended);
            found.iter().filter(here).any(|one| says(one) == Some(true))
        };
        let township = elected("head") && elected("member");
        Self { several, officers: (is("president") && is("vice president")) || township }
    }

    /// Whether somebody in this post serves those who meet, and is none of them.
    fn serves(&self, post: &str, lexicon: &Lexicon) -> bool {
        let own = self.officers && lexicon.fits("presence.elected-clerk", post);
        let guest = lexicon.fits("presence.guest", post);
        !own && (guest
            || lexicon.fits("presence.servant", post)
            || (self.several && lexicon.fits("presence.staff", post)))
    }
}

/// Whether those present, but for the visitors, are members of one body: none is there for an organisation.
fn among_members(people: &[Fact<Person>], visitors: &[usize], lexicon: &Lexicon) -> bool {
    let others =
        people.iter().enumerate().filter(|(at, one)| one.value.part == Presence::Present && !visitors.contains(at));
    let alone = |one: &Person| one.role.as_deref().is_none_or(|role| !names_organisation(role, lexicon));
    others.clone().count() > visitors.len() && others.clone().all(|(_, one)| alone(&one.value))
}

fn names_organisation(role: &str, lexicon: &Lexicon) -> bool {
    role.split_whitespace().any(|word| lexicon.has("presence.orgs", plain(word)))
}

/// Whether what stands beside the name of somebody who sent apologies is a post or an organisation, and not the reason.
fn is_post(role: &str, lexicon: &Lexicon) -> bool {
    let known = |word: &str| lexicon.has("presence.posts", plain(word)) || lexicon.has("presence.orgs", plain(word));
    role.starts_with(char::is_uppercase) || role.split_whitespace().any(known)
}

/// Gives the chair to those who are named among the others, and adds those who are not. Nobody is named twice.
fn with_chairs(people: Vec<Fact<Person>>, chairs: Vec<Fact<Person>>, lexicon: &Lexicon) -> Vec<Fact<Person>> {
    let mut list: Vec<Fact<Person>> = Vec::with_capacity(people.len());
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    // Of a roll call with last names alone most are named in full above it.
    let full = people.iter().filter(|one| one.value.name.contains(' '));
    let full: Vec<(Presence, String)> = full.map(|one| (one.value.part, one.value.name.to_lowercase())).collect();
    for fact in people {
        // "Councillor D Orme" and "D Orme" are one.
        let bare = words_of_name(&fact.value.name, lexicon).join(" ");
        let key = if bare.contains(' ') { bare } else { fact.value.name.to_lowercase() };
        let own = fact.value.name.to_lowercase();
        let again = |(part, name): &&(Presence, String)| {
            *part == fact.value.part && name.rsplit(' ').next().is_some_and(|last| last == own)
        };
        if !own.contains(' ') && full.iter().filter(again).count() == 1 {
            continue;
        }
        // "Apologies were received from Mr Low" below "Mr A Low, Parent: apologies".
        let told =
            |known: &&Fact<Person>| known.value.part == fact.value.part && is_called(&known.value.name, &own, lexicon);
        if list.iter().filter(told).count() == 1 {
            continue;
        }
        // Mr and Mrs J Low are two.
        let same =
            |known: &Person| known.name.to_lowercase().ends_with(&own) || own.ends_with(&known.name.to_lowercase());
        match seen.get(&key).map(|at| &mut list[*at].value).filter(|before| same(before)) {
            // Who is also said to have been there, or to have sent apologies, was not just absent.
            Some(before) if before.part == Presence::Absent && fact.value.part != Presence::Absent => {
                *before = fact.value
            }
            Some(before) if before.part == fact.value.part || fact.value.part != Presence::Apologies => {
                before.chair |= fact.value.chair;
                before.role = before.role.take().or(fact.value.role);
                before.short = before.short.take().or(fact.value.short);
            }
            _ => {
                seen.entry(key).or_insert(list.len());
                list.push(fact);
            }
        }
    }
    for (index, fact) in chairs.into_iter().enumerate() {
        let there = list.iter_mut().filter(|one| one.value.part.is_there());
        let mut same: Vec<_> = there.filter(|one| is_same(&one.value.name, &fact.value.name, lexicon)).collect();
        match same.as_mut_slice() {
            [one] => one.value.chair = true,
            [] => list.insert(index.min(list.len()), fact),
            _ => {}
        }
    }
    // Who was absent when there was a vote, and is named among those who came, was not absent from the meeting; or is named once more, by
    // the last name alone.
    let (absent, mut list): (Vec<_>, Vec<_>) = list.into_iter().partition(|one| one.value.part == Presence::Absent);
    let others = list.len();
    for one in absent {
        let is_short = words_of_name(&one.value.name, lexicon).len() == 1;
        let known = if is_short { &list[..] } else { &list[..others] };
        if !known.iter().any(|known| is_same(&known.value.name, &one.value.name, lexicon)) {
            list.push(one);
        }
    }
    list
}

/// Whether two names may be of one person: the same last word, and no first name or initial that differs; or the same first
/// word where one of them has no other.
fn is_same(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    let (one, other) = (words_of_name(one, lexicon), words_of_name(other, lexicon));
    match (one.as_slice(), other.as_slice()) {
        ([a], [.., b]) | ([.., b], [a]) => a == b || one.first() == other.first(),
        ([first, .., a], [other_first, .., b]) => {
            let initial = |word: &str| word.chars().count() == 1;
            let fits = first == other_first
                || ((initial(first) || initial(other_first)) && first.chars().next() == other_first.chars().next());
            a == b && fits
        }
        _ => false,
    }
}

/// Whether somebody named in full is called by a title and the last name, in small letters: "Mr A Low" by "mr low".
fn is_called(full: &str, short: &str, lexicon: &Lexicon) -> bool {
    let Some((title, last)) = short.split_once(' ').filter(|(title, _)| lexicon.has("presence.titles", plain(title)))
    else {
        return false;
    };
    let full = full.to_lowercase();
    let same = full.split_whitespace().next().is_some_and(|first| plain(first) == plain(title));
    same && words_of_name(&full, lexicon).len() > 1 && full.rsplit(' ').next() == Some(last)
}

/// The words of a name in small letters, without titles and posts.
fn words_of_name(name: &str, lexicon: &Lexicon) -> Vec<String> {
    let lists = ["presence.titles", "presence.posts", "presence.modifiers"];
    let known = |word: &str| lists.iter().any(|list| lexicon.has(list, word));
    let words =
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty() && !known(plain(word)));
    words.map(str::to_lowercase).collect()
}
