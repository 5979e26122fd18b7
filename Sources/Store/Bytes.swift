import Foundation
import Vocabulary

extension Array where Element == UInt8 {
    var data: Data { Data(self) }
}

extension Digest {
    /// Nil unless a row holds 32 bytes.
    init?(_ data: Data) { self.init(bytes: [UInt8](data)) }
}
