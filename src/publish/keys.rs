//! The keys of a store, where every program for such stores looks for them: the environment, then the files below `~/.aws`.
//!
//! Input: variables of the environment. Output: [`Keys`]. Not here: `site.toml`, which others can read and where no key belongs.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use super::store_error::StoreError;

/// The name of a variable → its value, if it is set.
pub type Variables = fn(&str) -> Option<OsString>;

/// What requests are signed with.
pub(super) struct Keys {
    pub id: String,
    pub secret: String,
    pub token: Option<String>,
}

/// The keys, from the environment or from the files.
pub(super) fn keys(variables: impl Fn(&str) -> Option<OsString>) -> Result<Keys, StoreError> {
    let variable =
        |name: &str| variables(name).and_then(|value| value.into_string().ok()).filter(|value| !value.is_empty());
    if let (Some(id), Some(secret)) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) {
        return Ok(Keys { id, secret, token: variable("AWS_SESSION_TOKEN") });
    }
    let home = variable("HOME").or_else(|| variable("USERPROFILE")).map(PathBuf::from);
    let file = |named: &str, usual: &str| {
        variable(named).map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".aws").join(usual)))
    };
    let profile = variable("AWS_PROFILE").unwrap_or_else(|| "default".into());
    let credentials = file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let found =
        [(credentials.clone(), profile.clone()), (file("AWS_CONFIG_FILE", "config"), format!("profile {profile}"))];
    for (path, section) in found {
        let text = path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        if let Some(keys) =
            of_section(&text, &section).or_else(|| (profile == "default").then(|| of_section(&text, &profile))?)
        {
            return Ok(keys);
        }
    }
    let path = credentials.map_or_else(|| "~/.aws/credentials".into(), |path| path.display().to_string());
    Err(StoreError::NoKeys { looked: format!("{path}, under [{profile}]") })
}

/// The keys in a section of such a file; `None` if both do not stand there.
fn of_section(text: &str, section: &str) -> Option<Keys> {
    let mut within = false;
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            within = name.trim() == section;
        } else if let Some((name, value)) = line.split_once('=').filter(|_| within) {
            found.insert(name.trim(), value.trim());
        }
    }
    let of = |name: &str| found.get(name).filter(|value| !value.is_empty()).map(|value| (*value).to_owned());
    Some(Keys { id: of("aws_access_key_id")?, secret: of("aws_secret_access_key")?, token: of("aws_session_token") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# ours\n[default]\naws_access_key_id = A\naws_secret_access_key=B=\n\n[ county ]\naws_access_key_id=C\n\
                        aws_secret_access_key = D\naws_session_token = E\n[half]\naws_access_key_id = F\n";

    fn of(variables: &[(&str, &str)]) -> Result<(String, String, Option<String>), StoreError> {
        let of =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(*value));
        keys(of).map(|keys| (keys.id, keys.secret, keys.token))
    }

    #[test]
    fn keys_are_found_where_every_program_looks() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".aws")).expect("a folder");
        fs::write(folder.path().join(".aws/credentials"), FILE).expect("a file");
        fs::write(folder.path().join(".aws/config"), "[profile new]\naws_access_key_id=G\naws_secret_access_key=H\n")
            .expect("a file");
        let home = folder.path().to_str().expect("text");
        let found =
            |id: &str, secret: &str, token: Option<&str>| Ok((id.into(), secret.into(), token.map(str::to_owned)));
        let own = [("AWS_ACCESS_KEY_ID", "1"), ("AWS_SECRET_ACCESS_KEY", "2"), ("HOME", home)];
        assert_eq!(of(&own), found("1", "2", None));
        // One without the other is none.
        assert_eq!(of(&[own[0], own[2]]), found("A", "B=", None));
        assert_eq!(of(&[own[2], ("AWS_PROFILE", "county")]), found("C", "D", Some("E")));
        assert_eq!(of(&[own[2], ("AWS_PROFILE", "new")]), found("G", "H", None));
        for lacking in ["half", "nobody"] {
            let said = of(&[own[2], ("AWS_PROFILE", lacking)]).expect_err("there are none").to_string();
            assert!(said.contains(&format!("[{lacking}]")) && said.contains("AWS_ACCESS_KEY_ID"), "{said}");
        }
        assert!(of(&[]).is_err());
    }
}
