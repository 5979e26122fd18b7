import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import Synchronization

/// Collects a response's body.
struct Collector: ResponseBodyWriter {
    private final class Storage: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }
    private let storage = Storage()

    var bytes: [UInt8] { storage.bytes.withLock { $0 } }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ buffer: ByteBuffer) async throws {
        storage.bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
