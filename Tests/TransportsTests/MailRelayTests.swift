import Testing
import Transports
import Vocabulary

@Suite("Where the mail relay stands")
struct MailRelayTests {
    @Test(
        "This machine, private addresses and names without a public domain are inside",
        arguments: [
            "localhost", "relay", "mail.intranet", "mail.internal", "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.9.9",
            "192.168.7.7",
        ])
    func inside(host: String) throws {
        let relay = try MailChannel.Relay(address: "smtp://heng:secret@\(host):25", from: "heng@example.com")
        #expect(!relay.isOutside && relay.user == "heng")
    }

    @Test(
        "Everything else is outside: letters may go there, a password may not",
        arguments: ["smtp.example.com", "8.8.8.8", "172.32.0.1", "192.169.0.1", "mail.gov.cn"])
    func outside(host: String) throws {
        #expect(try MailChannel.Relay(address: "smtp://\(host)", from: "heng@example.com").isOutside)
        #expect(throws: Failure("workflow.mail_outside", ["host": host])) {
            _ = try MailChannel.Relay(address: "smtp://heng:secret@\(host):25", from: "heng@example.com")
        }
    }
}
