//! What a store said that did not do what it was asked, in sentences for the person who publishes.
//!
//! Input: an answer of the store, or that there was none. Output: [`StoreError`]. Not here: which answers are asked for again.

use std::fmt;

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No keys were found, or half of them.
    NoKeys {
        /// Where they were looked for.
        looked: String,
    },
    /// Nobody answered.
    Unreachable {
        /// The address of the store.
        store: String,
        /// What the system said.
        words: String,
    },
    /// The store answered that it will not or cannot.
    Refused {
        /// What it was asked: "take about/index.html".
        doing: String,
        /// The number of its answer.
        status: u16,
        /// Its code for the reason: `AccessDenied`.
        code: String,
        /// Its words.
        message: String,
    },
    /// There are objects, and none that says that this program put them there.
    Foreign {
        /// The bucket.
        bucket: String,
        /// One of them.
        example: String,
    },
    /// Somebody else publishes.
    Busy {
        /// Who, as they said themselves.
        by: String,
        /// The object to remove.
        object: String,
        /// How many seconds ago they were heard of.
        ago: i64,
        /// After how many they are passed over.
        stale: i64,
    },
    /// A manifest is not as this program wrote it.
    Damaged {
        /// The object.
        object: String,
    },
    /// A later release was published than the one that stands there.
    Older {
        /// The object.
        object: String,
        /// The number that stands there.
        stands: u64,
    },
}

impl StoreError {
    /// Whether the person who publishes has to change something first, and no machine failed.
    #[must_use]
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::NoKeys { .. } | Self::Foreign { .. } => true,
            Self::Refused { status, .. } => (300..500).contains(status) && *status != 408 && *status != 429,
            _ => false,
        }
    }
}

const STILL: &str = "What was online is online still, or in part new already; the next publication completes it.";

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKeys { looked } => write!(
                f,
                "There are no keys for the store. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write them into \
                 the file credentials ({looked}). Never write them into content/site.toml, which others can read."
            ),
            Self::Unreachable { store, words } => {
                write!(
                    f,
                    "The store at {store} cannot be reached: {words}. {STILL} Look whether `endpoint` is right, and the network."
                )
            }
            Self::Refused { doing, status, code, message } => {
                write!(f, "The store did not {doing}: {}", reason(*status, code))?;
                match (code.as_str(), message.as_str()) {
                    ("", _) => write!(f, " It answered {status}.")?,
                    (code, "") => write!(f, " It answered {status}, {code}.")?,
                    (code, message) => write!(f, " It answered {status}, {code}: {}.", message.trim_end_matches('.'))?,
                }
                write!(f, " {STILL}")
            }
            Self::Foreign { bucket, example } => write!(
                f,
                "{bucket} holds things that Folkmoot did not put there ({example}), so nothing was published. Name a bucket of its own, or \
                 a folder in it that is not there yet: `s3 = \"{bucket}/website\"`."
            ),
            Self::Busy { by, object, ago, stale } => write!(
                f,
                "Somebody else is publishing to this store: {by}, heard of {ago} seconds ago. Nothing was published. Publish again when \
                 that is done. A publication that broke off is passed over {} minutes after it was last heard of; if you know that nobody \
                 publishes, delete the object {object}, and publish again at once.",
                stale / 60
            ),
            Self::Damaged { object } => write!(
                f,
                "{object} is not as Folkmoot wrote it, so nobody knows what is online. Nothing was published. Put it back from a backup; or \
                 delete it, then the next publication looks at every file and sends what differs."
            ),
            Self::Older { object, stands } => write!(
                f,
                "{object} says that release {stands} is online, and a later one was published here: somebody put an older file in its \
                 place. Nothing was published. If that is wanted, delete it: the next publication looks at every file and sends what differs."
            ),
        }
    }
}

impl std::error::Error for StoreError {}

/// What an answer means for the person who publishes.
fn reason(status: u16, code: &str) -> &'static str {
    match (code, status) {
        (
            "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken" | "TokenRefreshRequired",
            _,
        ) => "it does not know the keys, or they do not belong together.",
        ("NoSuchBucket", _) => "there is no such bucket; make it first, in the console of the store.",
        ("AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError", _) => {
            "it takes no request signed like this; write the region that it names beside `s3`, as in `region = \"eu-west-2\"`."
        }
        ("RequestTimeTooSkewed", _) => "the clock of this machine is wrong.",
        ("EntityTooLarge", _) | (_, 413) => "it takes no file of that size.",
        ("QuotaExceeded" | "XMinioStorageFull", _) | (_, 507) => "it has no room left.",
        (_, 401 | 403) => "the keys do not allow it. They need to read, write, delete and list in this bucket.",
        (_, 300..=399) => "it sends us elsewhere; write the `region` and the `endpoint` of the bucket.",
        (_, 500..=599) => {
            "something is wrong with the store itself, or it has no room left. It was asked several times."
        }
        _ => "it cannot.",
    }
}
