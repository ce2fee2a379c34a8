//! The SMTP server of the tests behaves like the relays that it stands for.

use lettre::message::MultiPart;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::util::smtp::{Cut, SmtpServer};

fn message(to: &str) -> Message {
    Message::builder()
        .from("Relève <ne-pas-repondre@example.fr>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("Votre demande est arrivée")
        .message_id(Some("<demande-1@example.fr>".to_owned()))
        .multipart(MultiPart::alternative_plain_html(
            "À bientôt.".to_owned(),
            "<p>À bientôt.</p>".to_owned(),
        ))
        .unwrap()
}

fn transport(server: &SmtpServer) -> AsyncSmtpTransport<Tokio1Executor> {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&server.url())
        .unwrap()
        .build()
}

#[tokio::test]
async fn keeps_what_it_accepts() {
    let server = SmtpServer::start();
    transport(&server)
        .send(message("claire.martin@example.fr"))
        .await
        .unwrap();
    let received = server.wait_for(1).await;
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].from, "ne-pas-repondre@example.fr");
    assert_eq!(received[0].to, ["claire.martin@example.fr"]);
    assert_eq!(received[0].subject(), "Votre demande est arrivée");
    assert_eq!(received[0].text().trim(), "À bientôt.");
    assert_eq!(received[0].html().trim(), "<p>À bientôt.</p>");
    assert_eq!(
        received[0].message_id().as_deref(),
        Some("demande-1@example.fr")
    );
}

#[tokio::test]
async fn refuses_for_a_while_or_for_good() {
    let server = SmtpServer::start();
    server.refuse_temporarily("attente");
    server.refuse_permanently("inconnu");
    let transport = transport(&server);
    let later = transport
        .send(message("attente@example.fr"))
        .await
        .unwrap_err();
    assert!(later.is_transient(), "{later}");
    let never = transport
        .send(message("inconnu@example.fr"))
        .await
        .unwrap_err();
    assert!(never.is_permanent(), "{never}");
    assert!(server.received().is_empty());

    server.accept_everything();
    transport.send(message("attente@example.fr")).await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn hangs_up_before_or_after_the_mail_has_arrived() {
    let server = SmtpServer::start();
    server.cut_next(Cut::MidMessage);
    server.cut_next(Cut::BeforeReply);
    transport(&server)
        .send(message("a@example.fr"))
        .await
        .unwrap_err();
    assert!(server.received().is_empty());
    transport(&server)
        .send(message("b@example.fr"))
        .await
        .unwrap_err();
    assert_eq!(server.wait_for(1).await.len(), 1);
}
