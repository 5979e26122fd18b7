import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Signed requests to the port")
struct SignedPushTests {
    /// A platform with a registered key pair.
    struct Signer {
        let port: TestPort
        let id: String
        let key: SignatureKey

        init(_ port: TestPort, algorithm: SignatureKey.Algorithm = .ed25519) async throws {
            self.port = port
            let pair = try SignatureKey.ed25519(seed: [UInt8](repeating: 3, count: 32))
            let shown = Data(try #require(pair.publicKey)).base64EncodedString()
            let body =
                algorithm == .ed25519
                ? #"{"name":"机房","algorithm":"ed25519","publicKey":"\#(shown)"}"#
                : #"{"name":"机房","algorithm":"hmac-sha256"}"#
            let made = try await port.site.ask(.post, port.base + "/signing-keys", as: "manager", body: body)
            #expect(made.status == 201)
            id = try #require(made.json?["id"] as? String)
            if algorithm == .ed25519 {
                key = pair
            } else {
                let secret = try #require(made.json?["secret"] as? String)
                key = try .hmacSHA256(secret: Array(try #require(Data(base64Encoded: secret))))
            }
        }

        static let covered = ["@method", "@path", "content-digest", "idempotency-key"]

        func headers(
            _ body: [UInt8], idempotency: String = "s-1", covered: [String] = covered,
            path: String = "/port/v1/batches",
            createdOffset: Int64 = 0, expiresOffset: Int64? = nil
        ) throws -> [String: String] {
            let now = port.site.services.clock.now().milliseconds / 1000
            let plain = ["Idempotency-Key": idempotency, "Content-Digest": ContentDigest.field(of: body)]
            let message = SignedMessage(
                method: "POST", scheme: "http", authority: "localhost", path: path,
                fields: plain.map { .init($0.key, $0.value) })
            let fields = try MessageSignature.sign(
                message, components: covered.map { SignatureComponent($0) },
                parameters: .init(
                    created: now + createdOffset, expires: expiresOffset.map { now + $0 }, keyID: id,
                    algorithm: key.algorithm.rawValue), with: key)
            return fields.reduce(into: plain) { $0[$1.name] = $1.value }
        }

        func push(_ headers: [String: String], _ body: [UInt8] = body) async throws -> TestSite.Answer {
            try await port.push(bytes: body, headers: headers)
        }

        static let body = Array(PortRoutesTests.row.utf8)
    }

    @Test("A signed batch is taken, and its receipt names the key", arguments: SignatureKey.Algorithm.allCases)
    func signed(algorithm: SignatureKey.Algorithm) async throws {
        let signer = try await Signer(try await TestPort(), algorithm: algorithm)
        let answer = try await signer.push(signer.headers(Signer.body))
        #expect(answer.status == 201)
        #expect(answer.json?["signedBy"] as? String == signer.id)
        let plain = try await signer.port.push(PortRoutesTests.row, idempotency: "plain")
        #expect(plain.status == 201 && plain.json?["signedBy"] == nil)
    }

    @Test("The same signed request again gets the receipt it had, and is counted once")
    func replay() async throws {
        let signer = try await Signer(try await TestPort())
        let headers = try signer.headers(Signer.body)
        let first = try await signer.push(headers)
        let second = try await signer.push(headers)
        #expect(first.status == 201 && first.body == second.body)
        #expect((try await signer.port.overview()["batches"] as? [Any])?.count == 1)
    }

    @Test("A body, key, address or field changed after signing is refused, and keeps nothing")
    func changed() async throws {
        let signer = try await Signer(try await TestPort())
        let good = try signer.headers(Signer.body)
        var other = good
        other["Idempotency-Key"] = "s-2"
        let moved = try await signer.push(other)
        #expect(moved.status == 401 && moved.code == "collect.signature-invalid")
        let finding = try #require((moved.json?["findings"] as? [[String: Any]])?.first)
        #expect(finding["code"] as? String == "trust.signature_wrong")
        #expect((finding["message"] as? String)?.hasPrefix("[") == false)
        let body = Array(PortRoutesTests.row.replacing("HL-1", with: "HL-9").utf8)
        let tampered = try await signer.push(good, body)
        #expect(tampered.status == 400 && tampered.code == "collect.batch-digest-mismatch")
        let path = try await signer.port.push(bytes: Signer.body, headers: good, path: "/port/v1/sandbox/batches")
        #expect(path.status != 201)
        #expect((try await signer.port.overview()["batches"] as? [Any])?.isEmpty == true)
    }

    @Test(
        "A signature that covers too little, or is too old, too new or expired, is refused with its reason",
        arguments: [
            (["@method", "@path", "content-digest"], 0, nil, "collect.signature.not_covered"),
            (["@method", "content-digest", "idempotency-key"], 0, nil, "collect.signature.not_covered"),
            (["@method", "@path", "idempotency-key"], 0, nil, "collect.signature.not_covered"),
            (Signer.covered, -301, nil, "collect.signature.created_outside"),
            (Signer.covered, 301, nil, "collect.signature.created_outside"),
            (Signer.covered, -100, -1, "collect.signature.expired"),
        ] as [([String], Int64, Int64?, String)])
    func refused(covered: [String], created: Int64, expires: Int64?, code: String) async throws {
        let signer = try await Signer(try await TestPort())
        let answer = try await signer.push(
            signer.headers(Signer.body, covered: covered, createdOffset: created, expiresOffset: expires))
        #expect(answer.status == 401 && answer.code == "collect.signature-invalid")
        #expect((answer.json?["findings"] as? [[String: Any]])?.first?["code"] as? String == code)
    }

    @Test("Old and new key hold together until the old one is revoked")
    func rotation() async throws {
        let port = try await TestPort()
        let old = try await Signer(port)
        let new = try await Signer(port, algorithm: .hmacSHA256)
        #expect(try await old.push(old.headers(Signer.body, idempotency: "a")).status == 201)
        #expect(try await new.push(new.headers(Signer.body, idempotency: "b")).status == 201)
        let revoked = try await port.site.ask(.delete, port.base + "/signing-keys/\(old.id)", as: "manager")
        #expect(revoked.status == 204)
        let refused = try await old.push(old.headers(Signer.body, idempotency: "c"))
        #expect(
            (refused.json?["findings"] as? [[String: Any]])?.first?["code"] as? String
                == "collect.signature.key_revoked")
        #expect(try await new.push(new.headers(Signer.body, idempotency: "d")).status == 201)
        let list = try await port.site.ask(.get, port.base + "/signing-keys", as: "manager")
        #expect(!list.body.contains("secret"))
        #expect((list.json?["items"] as? [Any])?.count == 2)
    }

    @Test("Wrong key material is refused in words")
    func wrongKeys() async throws {
        let port = try await TestPort()
        for body in [
            #"{"name":"a","algorithm":"ed25519"}"#, #"{"name":"a","algorithm":"ed25519","publicKey":"AAAA"}"#,
            #"{"name":"a","algorithm":"hmac-sha256","publicKey":"AAAA"}"#,
        ] {
            let answer = try await port.site.ask(.post, port.base + "/signing-keys", as: "manager", body: body)
            #expect(answer.status == 422 && answer.code == "collect.signing-key-invalid")
        }
        let absent = try await port.site.ask(.delete, port.base + "/signing-keys/hs_none", as: "manager")
        #expect(absent.status == 404)
    }
}
