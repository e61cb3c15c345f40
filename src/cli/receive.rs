//! `what-matters receive`: takes a scanned code or a saved file, stores the response and only then gives the
//! receipt code to read out. A link worker's service that does the same loses nothing and keeps nothing twice.

use super::ExitCode;
use crate::collect::receive::{LARGEST, Received, from_file};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Runs the command; `None` if it was asked wrongly.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    let mut folder: Option<PathBuf> = None;
    let mut files = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--into" => match rest.next() {
                Some(into) => folder = Some(into.into()),
                None => return Ok(None),
            },
            option if option.starts_with("--") => return Ok(None),
            file => files.push(file),
        }
    }
    let [file] = files[..] else { return Ok(None) };
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    let received = match read(file).map(|bytes| from_file(&bytes)) {
        Ok(Ok(received)) => received,
        Ok(Err(why)) => return refuse(out, file, why.words()),
        Err(error) => return refuse(out, file, &error.to_string()),
    };
    match store(&received, &folder) {
        Ok(Stored::Now(path)) => writeln!(out, "stored   {}", path.display())?,
        Ok(Stored::Before(path)) => writeln!(out, "already  {}", path.display())?,
        Ok(Stored::Other(path)) => {
            let why = "other answers are stored under this id; nothing was changed";
            return refuse(out, &path.display().to_string(), why);
        }
        Err(error) => return refuse(out, &folder.display().to_string(), &error.to_string()),
    }
    let response = &received.response;
    writeln!(out, "form     {}", response.instrument())?;
    writeln!(out, "sha256   {}", response.hash().as_str())?;
    writeln!(out, "receipt  {}", received.receipt_code)?;
    Ok(Some(0))
}

fn refuse(out: &mut dyn Write, what: &str, why: &str) -> io::Result<Option<ExitCode>> {
    writeln!(out, "refused  {what}: {why}")?;
    Ok(Some(1))
}

/// At most one byte more than a response can have, so that the size is refused and not the memory.
fn read(file: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    if file == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

enum Stored {
    Now(PathBuf),
    Before(PathBuf),
    Other(PathBuf),
}

/// Under its id, which is a UUID and so a safe name. On the disk before anybody is told.
fn store(received: &Received, folder: &Path) -> io::Result<Stored> {
    let path = folder.join([received.response.id().as_str(), ".json"].concat());
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(received.response.bytes().as_bytes())?;
            file.sync_all()?;
            Ok(Stored::Now(path))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let same = read(&path.to_string_lossy())? == received.response.bytes().as_bytes();
            Ok(if same { Stored::Before(path) } else { Stored::Other(path) })
        }
        Err(error) => Err(error),
    }
}
