//! Small rules that a reviewer should not have to repeat.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longest source file, lines.
const LINES_MAX: usize = 600;

#[test]
fn no_unfinished_markers() {
    let markers = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[ign", "ore"),
    ];
    for (path, text) in sources() {
        for (index, line) in text.lines().enumerate() {
            for marker in markers {
                assert!(!line.contains(marker), "{}:{} is unfinished: {marker}", path.display(), index + 1);
            }
        }
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines; split it by reason to change", path.display());
    }
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let mut links = 0;
    for path in tracked().into_iter().filter(|path| path.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(root().join(&path)).expect("document");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let file = target.split('#').next().unwrap_or_default();
            let place = root().join(path.parent().unwrap_or(Path::new(""))).join(file);
            assert!(place.exists(), "{} links to {target}, which is not there", path.display());
            links += 1;
        }
    }
    assert!(links > 0, "no document links to another: is the list of files empty?");
}

#[test]
fn sql_is_never_put_together_from_values() {
    for (path, text) in sources() {
        if path.extension().is_none_or(|e| e != "rs") || path.starts_with("tests") {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let upper = line.to_uppercase();
            let builds_sql = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "]
                .iter()
                .any(|verb| upper.contains(&format!("FORMAT!(\"{verb}")));
            assert!(!builds_sql, "{}:{} formats SQL; bind parameters instead", path.display(), index + 1);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let endings = ["rs", "ts", "svelte", "sql", "sh", "css"];
    let files: Vec<_> = tracked()
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)))
        .filter(|path| path.file_name().is_some_and(|name| name != "bindings.ts"))
        .filter_map(|path| fs::read_to_string(root().join(&path)).ok().map(|text| (path, text)))
        .collect();
    assert!(files.len() > 50, "found only {} source files", files.len());
    files
}

fn tracked() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files"]).current_dir(root()).output().expect("git ls-files");
    String::from_utf8(listed.stdout).expect("paths").lines().map(PathBuf::from).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
