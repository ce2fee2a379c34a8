//! A real SMTP server on loopback: keeps what it receives, and refuses or hangs up when told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use mail_parser::{Message, MessageParser};
use mailin::{Action, Handler, Response, SessionBuilder, response};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A mail as the server received it.
#[derive(Debug, Clone)]
pub struct ReceivedMail {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Headers and body, as sent.
    pub source: String,
}

impl ReceivedMail {
    fn parsed(&self) -> Message<'_> {
        MessageParser::default()
            .parse(&self.source)
            .expect("a mail that an independent parser reads")
    }

    /// The subject, decoded.
    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// The text part, decoded.
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().into_owned()
    }

    /// The HTML part, decoded; derived from the text if the mail has none.
    pub fn html(&self) -> String {
        self.parsed().body_html(0).unwrap_or_default().into_owned()
    }

    /// The identifier that lets a recipient recognise the same mail sent twice.
    pub fn message_id(&self) -> Option<String> {
        self.parsed().message_id().map(str::to_owned)
    }
}

/// Where the server hangs up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// After the first line of the message: the mail has not arrived.
    MidMessage,
    /// After keeping the mail, before saying so: it has arrived, the sender cannot know.
    BeforeReply,
}

/// When the server encrypts.
#[derive(Clone)]
pub enum Encryption {
    /// Never.
    None,
    /// When asked by STARTTLS.
    StartTls(Arc<ServerConfig>),
    /// From the first byte.
    Implicit(Arc<ServerConfig>),
}

#[derive(Default)]
struct State {
    received: Vec<ReceivedMail>,
    refused: Vec<(u16, String)>,
    /// What recipients with this in their address are told.
    policy: Vec<(String, String)>,
    /// What every sender is told, instead of OK.
    sender: Option<(u16, String)>,
    cuts: Vec<Cut>,
    encrypted: usize,
    stopped: bool,
}

/// The server; stops when dropped.
pub struct SmtpServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl SmtpServer {
    /// Listens on a port chosen by the system.
    pub fn start() -> Self {
        Self::start_on(0)
    }

    /// Listens on a port that is known beforehand; 0 lets the system choose.
    pub fn start_on(port: u16) -> Self {
        Self::start_with(port, Encryption::None)
    }

    /// Listens, and encrypts.
    pub fn start_with(port: u16, encryption: Encryption) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a loopback port");
        let port = listener.local_addr().expect("the bound address").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if lock(&shared).stopped {
                    break;
                }
                let (state, encryption) = (Arc::clone(&shared), encryption.clone());
                // A client that hangs up is an ordinary event for a server.
                thread::spawn(move || serve(stream, &state, &encryption));
            }
        });
        Self { port, state }
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many mails came over an encrypted connection.
    pub fn encrypted(&self) -> usize {
        lock(&self.state).encrypted
    }

    /// The address to give to the mail transport.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Everything accepted so far, in order.
    pub fn received(&self) -> Vec<ReceivedMail> {
        lock(&self.state).received.clone()
    }

    /// Waits until `count` mails have arrived, at most ten seconds.
    pub async fn wait_for(&self, count: usize) -> Vec<ReceivedMail> {
        for _ in 0..500 {
            if lock(&self.state).received.len() >= count {
                return self.received();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "{count} mails expected, {} received in ten seconds",
            self.received().len()
        );
    }

    /// From now on answers 451 to recipients whose address contains `pattern`.
    pub fn refuse_temporarily(&self, pattern: &str) {
        lock(&self.state).refused.push((451, pattern.to_owned()));
    }

    /// From now on answers 550 to recipients whose address contains `pattern`.
    pub fn refuse_permanently(&self, pattern: &str) {
        lock(&self.state).refused.push((550, pattern.to_owned()));
    }

    /// From now on answers 550 and a policy (as `5.7.1 Unable to relay`) to recipients whose address contains `pattern`.
    pub fn refuse_by_policy(&self, pattern: &str, policy: &str) {
        lock(&self.state)
            .policy
            .push((pattern.to_owned(), policy.to_owned()));
    }

    /// From now on answers this to every sender, at MAIL.
    pub fn refuse_senders(&self, code: u16, words: &str) {
        lock(&self.state).sender = Some((code, words.to_owned()));
    }

    /// Forgets all refusals and planned cuts.
    pub fn accept_everything(&self) {
        let mut state = lock(&self.state);
        state.refused.clear();
        state.policy.clear();
        state.sender = None;
        state.cuts.clear();
    }

    /// Hangs up during the next message; call it several times to cut several messages.
    pub fn cut_next(&self, cut: Cut) {
        lock(&self.state).cuts.push(cut);
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        lock(&self.state).stopped = true;
        // Wakes the accepting thread, which then sees that it must stop.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state
        .lock()
        .expect("the server's state is never left broken")
}

/// A connection, in clear or encrypted.
enum Stream {
    Clear(TcpStream),
    Encrypted(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Stream {
    fn encrypt(self, config: &Arc<ServerConfig>) -> Stream {
        match self {
            Stream::Clear(stream) => {
                let connection = ServerConnection::new(Arc::clone(config)).expect("a TLS session");
                Stream::Encrypted(Box::new(StreamOwned::new(connection, stream)))
            }
            encrypted => encrypted,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Stream::Clear(stream) => stream.read(bytes),
            Stream::Encrypted(stream) => stream.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Stream::Clear(stream) => stream.write(bytes),
            Stream::Encrypted(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Stream::Clear(stream) => stream.flush(),
            Stream::Encrypted(stream) => stream.flush(),
        }
    }
}

/// One connection: the state machine is mailin's, the lines are ours, so that we can hang up anywhere.
fn serve(
    stream: TcpStream,
    state: &Arc<Mutex<State>>,
    encryption: &Encryption,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let remote = stream.peer_addr()?.ip();
    let mut stream = Stream::Clear(stream);
    let mut builder = SessionBuilder::new("smtp.test");
    match encryption {
        Encryption::None => {}
        Encryption::StartTls(_) => {
            builder.enable_start_tls();
        }
        Encryption::Implicit(config) => stream = stream.encrypt(config),
    }
    let conversation = Arc::new(Mutex::new(Conversation::default()));
    let mut session = builder.build(
        remote,
        Mailbox {
            state: Arc::clone(state),
            conversation: Arc::clone(&conversation),
        },
    );
    session.greeting().write_to(&mut stream)?;
    stream.flush()?;
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        conversation.lock().expect("one thread").encrypted =
            matches!(reader.get_ref(), Stream::Encrypted(_));
        let reply = session.process(&line);
        line.clear();
        if conversation.lock().expect("one thread").hang_up {
            break;
        }
        if reply.action == Action::NoReply {
            continue;
        }
        let mut bytes = Vec::new();
        reply.write_to(&mut bytes)?;
        reader.get_mut().write_all(&bytes)?;
        reader.get_mut().flush()?;
        match (reply.action, encryption) {
            (Action::Close, _) => break,
            (Action::UpgradeTls, Encryption::StartTls(config)) => {
                // What was sent in clear after STARTTLS is forgotten with the buffer.
                reader = BufReader::new(reader.into_inner().encrypt(config));
                session.tls_active();
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Conversation {
    from: String,
    to: Vec<String>,
    source: Vec<u8>,
    cut: Option<Cut>,
    encrypted: bool,
    hang_up: bool,
}

struct Mailbox {
    state: Arc<Mutex<State>>,
    conversation: Arc<Mutex<Conversation>>,
}

impl Handler for Mailbox {
    fn mail(&mut self, _ip: IpAddr, _domain: &str, from: &str) -> Response {
        if let Some((code, words)) = lock(&self.state).sender.clone() {
            return Response::custom(code, words);
        }
        let mut conversation = self.conversation.lock().expect("one thread");
        *conversation = Conversation {
            from: from.to_owned(),
            encrypted: conversation.encrypted,
            ..Default::default()
        };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        let refusal = lock(&self.state)
            .refused
            .iter()
            .find(|(_, pattern)| to.contains(pattern.as_str()))
            .cloned();
        let policy = lock(&self.state)
            .policy
            .iter()
            .find(|(pattern, _)| to.contains(pattern.as_str()))
            .cloned();
        if let Some((_, words)) = policy {
            return Response::custom(550, words);
        }
        if let Some((code, pattern)) = refusal {
            return Response::custom(code, format!("{pattern} refused by the test"));
        }
        self.conversation
            .lock()
            .expect("one thread")
            .to
            .push(to.to_owned());
        response::OK
    }

    fn data_start(
        &mut self,
        _domain: &str,
        _from: &str,
        _is8bit: bool,
        _to: &[String],
    ) -> Response {
        let mut state = lock(&self.state);
        let cut = if state.cuts.is_empty() {
            None
        } else {
            Some(state.cuts.remove(0))
        };
        self.conversation.lock().expect("one thread").cut = cut;
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        let mut conversation = self.conversation.lock().expect("one thread");
        conversation.source.extend_from_slice(line);
        conversation.hang_up = conversation.cut == Some(Cut::MidMessage);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mut conversation = self.conversation.lock().expect("one thread");
        let mut state = lock(&self.state);
        state.encrypted += usize::from(conversation.encrypted);
        state.received.push(ReceivedMail {
            from: conversation.from.clone(),
            to: conversation.to.clone(),
            source: String::from_utf8_lossy(&conversation.source).into_owned(),
        });
        conversation.hang_up = conversation.cut == Some(Cut::BeforeReply);
        response::OK
    }
}
