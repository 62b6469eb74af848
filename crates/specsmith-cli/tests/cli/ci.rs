//! What continuous integration runs: the steps of the action for GitHub, and the hooks of pre-commit.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::folder::{Folder, Run};

/// A file of the repository.
fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The script of a step of the action.
fn script(step: &str) -> String {
    let action = text(".github/actions/specsmith/action.yml");
    let mut lines = action.lines().skip_while(|line| *line != format!("    - name: {step}"));
    lines.find(|line| *line == "      run: |").expect("a script");
    let script = lines.take_while(|line| line.starts_with("        "));
    script.map(|line| format!("{}\n", line.trim())).collect()
}

/// What the script of a step gives in a folder, with these inputs and this program in the place of one that is installed.
#[cfg(unix)]
fn run(folder: &Folder, step: &str, inputs: [(&str, &str); 2], program: Option<&str>) -> Run {
    let home = folder.path("home");
    let bin = home.join(".cache/specsmith/bin");
    fs::create_dir_all(&bin).expect("a folder");
    let path = env::var_os("PATH").unwrap_or_default();
    let paths = env::split_paths(&path).chain(program.map(PathBuf::from));
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.rotate_right(1);
    let output = Command::new("bash")
        .args(["-eo", "pipefail", "-c", &script(step)])
        .current_dir(folder.path("."))
        .env("HOME", &home)
        .env("PATH", env::join_paths(paths).expect("paths"))
        .env_remove("GITHUB_WORKSPACE")
        .envs(inputs)
        .output()
        .expect("bash");
    Run {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

#[cfg(unix)]
#[test]
fn the_action_says_what_drifted() {
    let folder = Folder::new();
    let bin = Path::new(env!("CARGO_BIN_EXE_specsmith"))
        .parent()
        .and_then(Path::to_str);
    let action = |command, arguments| run(&folder, "Run", [("SUBCOMMAND", command), ("ARGUMENTS", arguments)], bin);
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[client]\ndir = \"sdk\"\n",
    );
    assert_eq!(folder.run("generate").code, 0);
    let clean = action("check", "");
    assert_eq!(clean.code, 0, "{clean:?}");
    folder.put("sdk/src/lib.rs", "// mine");
    let drifted = action("check", "");
    assert_eq!(drifted.code, 1, "{drifted:?}");
    assert!(drifted.out.starts_with("::error file=sdk/src/lib.rs"), "{drifted:?}");
    let linted = action("lint", "--strict  openapi.yaml");
    assert_eq!(linted.code, 0, "{linted:?}");
    // Nothing is run, and no pattern matches files.
    let odd = action("lint", "*.yaml $(touch made);touch");
    assert!(odd.code == 1 && odd.out.contains("cannot read `*.yaml`"), "{odd:?}");
    assert!(!folder.path("made").exists());
}

/// Installing takes minutes and a network, so it is only looked at what would be run.
#[cfg(unix)]
#[test]
fn the_action_installs_the_revision_that_is_wanted() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.put("programs/cargo", "#!/bin/sh\necho \"$@\"\n");
    fs::set_permissions(folder.path("programs/cargo"), fs::Permissions::from_mode(0o755)).expect("permissions");
    let programs = folder.path("programs");
    let install = |revision| {
        run(
            &folder,
            "Install",
            [("REVISION", revision), ("X", "")],
            programs.to_str(),
        )
    };
    let home = folder.path("home").display().to_string();
    let newest = install("");
    assert_eq!(
        newest.out.trim_end(),
        format!(
            "install --locked --root {home}/.cache/specsmith --git {} specsmith-cli",
            env!("CARGO_PKG_REPOSITORY")
        ),
        "{newest:?}"
    );
    assert!(install("v1 x").out.contains(" --rev v1 x specsmith-cli\n"));
    folder.put("home/.cache/specsmith/bin/specsmith", "");
    let there = folder.path("home/.cache/specsmith/bin/specsmith");
    fs::set_permissions(there, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(install("").out, "");
}

#[test]
fn hooks_of_pre_commit_run() {
    let hooks = text(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.strip_prefix("  entry: specsmith "))
        .collect();
    assert_eq!(entries, ["check", "lint"]);
    let folder = Folder::new();
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[client]\ndir = \"sdk\"\n",
    );
    let check = folder.run("check");
    assert!(check.code == 1 && check.out.contains("is missing"), "{check:?}");
    assert_eq!(folder.run("generate").code, 0);
    assert_eq!(folder.run("check").code, 0);
    // The names of the documents of a commit stand behind the entry.
    assert_eq!(folder.run("lint openapi.yaml").code, 0);
}
