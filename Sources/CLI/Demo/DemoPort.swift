import Crypto
import Demonstration
import Foundation
import Vocabulary

/// Forty platforms push what they have through the port, four at a time.
struct DemoPort: Sendable {
    let driver: DemoDriver
    let field: DemonstrationField

    func run() async throws {
        let state = try await driver.roundState()
        guard state == "open" else { return }
        let tally = DemoTally()
        let (driver, field) = (driver, field)
        try await forEachConcurrently(field.platforms, limit: driver.setting.connections) { platform in
            let traffic = field.traffic(of: platform)
            let key = try await self.key(of: platform)
            for batch in traffic.batches {
                try await self.push(batch, of: platform, key: key, tally: tally)
            }
            for snapshot in traffic.snapshots {
                try await self.push(snapshot, of: platform, key: key, tally: tally)
            }
            let (done, accepted) = await tally.finishPlatform()
            driver.progress.say(
                "demo.port_platform",
                [
                    "platform": platform.id.rawValue, "done": "\(done)", "all": "\(field.platforms.count)",
                    "rows": "\(accepted)",
                ])
        }
        let sum = await tally.sum
        driver.progress.say(
            "demo.port_done", ["rows": "\(sum.accepted)", "rejected": "\(sum.rejected)", "batches": "\(sum.batches)"])
    }

    /// A key is shown once, so every run makes one of its own.
    private func key(of platform: DemonstrationPlatform) async throws -> String {
        let request = DemoRequest.json(
            "POST", driver.address + "/platforms/\(platform.id)/port-keys", ["name": "demonstration"])
        let answer = try await driver.office.ask(request, as: DemoSetup.manager(of: platform))
        guard let key = answer.json?["key"]?.text else { throw DemoOffice.refusal(request, answer) }
        return key
    }

    private func push(
        _ batch: PortBatch, of platform: DemonstrationPlatform, key: String, tally: DemoTally
    ) async throws {
        let name = "\(driver.setting.round)-\(field.seed)-\(platform.id)-\(batch.number)"
        let answer = try await send(batch.body, to: "/port/v1/batches", name: name, key: key)
        await tally.add(answer)
    }

    private func push(
        _ snapshot: PortTraffic.Snapshot, of platform: DemonstrationPlatform, key: String, tally: DemoTally
    ) async throws {
        let address = "/port/v1/snapshots/\(snapshot.kind)?date=\(snapshot.day)"
        for batch in snapshot.batches {
            let name = "\(driver.setting.round)-\(field.seed)-\(platform.id)-\(snapshot.kind)-\(batch.number)"
            await tally.add(try await send(batch.body, to: address, name: name, key: key))
        }
    }

    private func send(_ body: [UInt8], to path: String, name: String, key: String) async throws -> DemoAnswer {
        let digest = Data(SHA256.hash(data: body)).base64EncodedString()
        let request = DemoRequest(
            method: "POST", path: path, body: Data(body),
            headers: [
                "Content-Type": "application/x-ndjson", "Idempotency-Key": name,
                "Content-Digest": "sha-256=:\(digest):",
            ])
        while true {
            let answer = try await driver.office.send(request, key: key)
            // The same batch is still being read, by a request that broke off before.
            if answer.status == 409 {
                try await Task.sleep(nanoseconds: 200_000_000)
                continue
            }
            guard answer.isSuccess else { throw DemoOffice.refusal(request, answer) }
            return answer
        }
    }
}

/// Rows and batches over all platforms.
actor DemoTally {
    private(set) var sum = (accepted: 0, rejected: 0, batches: 0)
    private var platforms = 0

    func add(_ answer: DemoAnswer) {
        sum.accepted += answer.json?["accepted"]?.whole ?? 0
        sum.rejected += answer.json?["rejected"]?.whole ?? 0
        sum.batches += 1
    }

    func finishPlatform() -> (done: Int, accepted: Int) {
        platforms += 1
        return (platforms, sum.accepted)
    }
}
