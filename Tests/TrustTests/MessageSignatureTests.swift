import Foundation
import TestSupport
import Testing
import Trust
import Vocabulary

/// The published cases of RFC 9421, appendix B.2, read out of its text.
private struct PublishedCase: CustomTestStringConvertible {
    let title: String
    let base: String
    let fields: [SignedMessage.Field]
    var testDescription: String { title }

    static func all() throws -> [PublishedCase]? {
        guard let folder = ConformanceFolder("http-signatures") else { return nil }
        let text = try String(
            contentsOf: folder.url.appending(path: "rfc9421_appendix_B2_test_cases.md"), encoding: .utf8)
        return text.components(separatedBy: "\n### ").dropFirst().map { part in
            let blocks = part.components(separatedBy: "~~~").enumerated().filter { $0.offset % 2 == 1 }.map {
                unwrapped($0.element)
            }
            let base = blocks.first { $0.contains("\"@signature-params\"") && !$0.contains("Signature-Input:") } ?? ""
            let message = blocks.first { $0.contains("Signature-Input:") } ?? ""
            let fields = message.split(separator: "\n").compactMap { line -> SignedMessage.Field? in
                let halves = line.split(separator: ":", maxSplits: 1)
                guard halves.count == 2, halves[0].hasPrefix("Signature") else { return nil }
                return .init(String(halves[0]), halves[1].trimmingCharacters(in: .whitespaces))
            }
            return PublishedCase(title: String(part.prefix { $0 != "\n" }), base: base, fields: fields)
        }
    }

    /// Without the wrapping of RFC 8792 and the line that tells of it.
    private static func unwrapped(_ block: String) -> String {
        let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().filter {
            !$0.hasPrefix("NOTE:")
        }
        let joined = lines.joined(separator: "\n").replacing(/\\\n\s*/, with: "")
        return joined.trimmingCharacters(in: .newlines)
    }
}

@Suite("Signatures of HTTP messages")
struct MessageSignatureTests {
    /// The request and the response of appendix B.2.
    static let request = SignedMessage(
        method: "POST", authority: "example.com", path: "/foo", query: "param=Value&Pet=dog",
        fields: [
            .init("Host", "example.com"), .init("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            .init("Content-Type", "application/json"),
            .init(
                "Content-Digest",
                "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"),
            .init("Content-Length", "18"),
        ])
    static let response = SignedMessage(
        method: nil, authority: "example.com", path: "/foo", status: 200,
        fields: [
            .init("Date", "Tue, 20 Apr 2021 02:07:56 GMT"), .init("Content-Type", "application/json"),
            .init(
                "Content-Digest",
                "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:"),
            .init("Content-Length", "23"),
        ])

    static func published() throws -> SignatureKey {
        try .ed25519(
            publicKey: Array(
                try #require(Data(base64Encoded: "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="))
                    .suffix(32)))
    }
    /// `test-shared-secret` of appendix B.1.5.
    static func sharedSecret() throws -> SignatureKey {
        try .hmacSHA256(
            secret: Array(
                try #require(
                    Data(
                        base64Encoded:
                            "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
                    ))))
    }

    @Test("Every published signature base is built letter for letter")
    func bases() throws {
        guard let cases = try PublishedCase.all() else { return }
        #expect(cases.count == 6)
        for one in cases {
            var message = one.title.contains("Response") ? Self.response : Self.request
            message.fields += one.fields
            let signature = try #require(try MessageSignature.read(message).first, "\(one.title)")
            #expect(try signature.base.text(of: message) == one.base, "\(one.title)")
        }
    }

    @Test("The published Ed25519 and HMAC signatures are good, and bad for a message changed in any covered place")
    func published() throws {
        guard let cases = try PublishedCase.all() else { return }
        var seen = 0
        for one in cases {
            let key: SignatureKey
            if one.title.contains("ed25519") {
                key = try Self.published()
            } else if one.title.contains("hmac") {
                key = try Self.sharedSecret()
            } else {
                continue
            }
            var message = Self.request
            message.fields += one.fields
            let signature = try #require(try MessageSignature.read(message).first)
            try signature.verify(message, with: key)
            var other = message
            other.authority = "example.org"
            #expect(throws: Failure("trust.signature_wrong", ["label": signature.label])) {
                try signature.verify(other, with: key)
            }
            seen += 1
        }
        #expect(seen == 2)
    }

    @Test("What is signed here is good under the public half alone")
    func roundTrip() throws {
        let key = try SignatureKey.ed25519(seed: [UInt8](repeating: 9, count: 32))
        let components = ["@method", "@target-uri", "content-digest"].map { SignatureComponent($0) }
        let parameters = SignatureParameters(created: 1_700_000_000, keyID: "k", algorithm: "ed25519", nonce: "n")
        var message = Self.request
        message.fields += try MessageSignature.sign(
            message, components: components, parameters: parameters, with: key)
        let read = try #require(try MessageSignature.read(message).first)
        #expect(read.base.parameters == parameters && read.base.components == components)
        try read.verify(message, with: .ed25519(publicKey: try #require(key.publicKey)))
        #expect(throws: Failure("trust.key_unreadable")) {
            try SignatureKey.ed25519(publicKey: try #require(key.publicKey)).sign([1])
        }
    }

    @Test(
        "Fields that cannot be read are refused, never passed over",
        arguments: [
            (["Signature-Input": "sig=()"], "trust.signature_unreadable"),
            (["Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
            (["Signature-Input": "sig=(", "Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
            (["Signature-Input": "sig=1", "Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
            (["Signature-Input": "sig=()", "Signature": "other=:AAAA:"], "trust.signature_unreadable"),
            (["Signature-Input": "sig=()", "Signature": "sig=AAAA"], "trust.signature_unreadable"),
            (["Signature-Input": #"sig=("Date")"#, "Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
            (["Signature-Input": #"sig=("date" "date")"#, "Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
            (
                ["Signature-Input": #"sig=("date";sf)"#, "Signature": "sig=:AAAA:"],
                "trust.signature_component_unsupported"
            ),
            (["Signature-Input": #"sig=();created="1""#, "Signature": "sig=:AAAA:"], "trust.signature_unreadable"),
        ])
    func unreadable(fields: [String: String], code: String) throws {
        var message = Self.request
        message.fields += fields.map { .init($0.key, $0.value) }
        do {
            let read = try MessageSignature.read(message)
            Issue.record("read \(read.count) signatures out of \(fields)")
        } catch { #expect(error.code == code) }
    }

    @Test("A covered component that the message lacks, or has twice, is named")
    func missing() throws {
        for (component, shown) in [
            (SignatureComponent("x-absent"), "x-absent"), (SignatureComponent("@status"), "@status"),
            (SignatureComponent("@query-param", queryName: "none"), #"@query-param;name="none""#),
            (SignatureComponent("@never"), "@never"),
        ] {
            let base = try SignatureBase(components: [component], parameters: .init())
            #expect(throws: Failure("trust.signature_component_missing", ["component": shown])) {
                try base.text(of: Self.request)
            }
        }
    }

    @Test("A content digest fits its body and no other, by each algorithm it states")
    func digests() throws {
        let body = Array(#"{"hello": "world"}"#.utf8)
        let published = try #require(Self.request.field("content-digest"))
        #expect(try ContentDigest(reading: published).fits(body))
        #expect(try ContentDigest(reading: ContentDigest.field(of: body)).fits(body))
        #expect(try !ContentDigest(reading: published).fits(body + [0x0a]))
        #expect(try !ContentDigest(reading: published + ", sha-256=:AAAA:").fits(body))
        for wrong in ["", "md5=:AAAA:", "sha-256", "sha-256=abc", "sha-256=:"] {
            #expect(throws: (any Error).self) { try ContentDigest(reading: wrong) }
        }
    }
}
