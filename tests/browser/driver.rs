//! chromedriver: one for the whole test binary, on a port of its own choosing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

static PORT: OnceLock<u16> = OnceLock::new();

/// The port of chromedriver, started at the first call.
pub fn port() -> u16 {
    *PORT.get_or_init(start)
}

fn start() -> u16 {
    let (announce, announced) = mpsc::channel();
    // The kernel ends the child with the thread that started it; this one lives as long as the process.
    thread::spawn(move || run(&announce));
    announced.recv_timeout(Duration::from_secs(30)).expect(
        "chromedriver did not start: the browser tests need Chromium and chromedriver (`scripts/test` installs them)",
    )
}

fn run(announce: &mpsc::Sender<u16>) {
    let mut child = Command::new("setpriv")
        .args([
            "--pdeathsig",
            "TERM",
            "chromedriver",
            "--port=0",
            "--log-level=SEVERE",
        ])
        // The words of the browser's own controls, in the pictures as on the screens of those who will use them.
        .env("LANGUAGE", "fr")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("setpriv (util-linux) starts chromedriver");
    let output = child.stdout.take().expect("a piped output");
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        let port = line.strip_prefix("ChromeDriver was started successfully on port ");
        if let Some(port) = port.and_then(|rest| rest.trim_end_matches('.').parse().ok())
            && announce.send(port).is_err()
        {
            break;
        }
    }
    drop(child.wait());
}

/// Ends a session and its browser. Blocking and without a runtime, so that it also works while a test panics.
pub fn end_session(session: &str) {
    let request = format!(
        "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        port()
    );
    let ended = TcpStream::connect(("127.0.0.1", port())).and_then(|mut stream| {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(request.as_bytes())?;
        // chromedriver keeps the connection open: the first bytes of its answer are enough.
        stream.read(&mut [0; 512])
    });
    if let Err(error) = ended {
        eprintln!("the browser of session {session} was not closed: {error}");
    }
}
