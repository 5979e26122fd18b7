/// The platforms that a file's rows name, numbered as they come.
struct PlatformTable: ~Copyable {
    struct Platform {
        let text: [UInt8]
        /// Under which its people are keyed.
        let scope: UInt64
    }

    private struct Slot {
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// -1: free.
        var length = -1
        var index = 0
    }

    private let keys: KeyMaker
    private let salt: UInt64
    private var platforms: [Platform] = []
    private var slots: UnsafeMutablePointer<Slot>
    private var mask = 1023

    init(keys: KeyMaker) {
        self.keys = keys
        salt = keys.scope(platform: UnsafeBufferPointer(start: nil, count: 0)) | 1
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: Slot(), count: 1024)
    }

    deinit { slots.deallocate() }

    subscript(_ index: Int) -> Platform { platforms[index] }
    var count: Int { platforms.count }

    /// The platform's number. Names of up to sixteen bytes are compared as they are, longer ones by their 128-bit key.
    @inline(__always)
    mutating func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
        var (low, high): (UInt64, UInt64)
        if name.count <= 16, let base = name.baseAddress {
            let raw = UnsafeRawPointer(base)
            low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & ShortText.mask(name.count)
            high = 0
            if name.count > 8 {
                high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                high &= ShortText.mask(name.count &- 8)
            }
        } else {
            let key = keys.key(.platform, name)
            (low, high) = (key.low, key.high)
        }
        var place = self.place(low, high)
        while true {
            // One comparison a slot: which part differs is nobody's concern, and hard to foresee.
            let slot = slots + place
            let difference = (slot.pointee.low ^ low) | (slot.pointee.high ^ high)
            if difference | UInt64(bitPattern: Int64(slot.pointee.length ^ name.count)) == 0 {
                return slot.pointee.index
            }
            if slot.pointee.length < 0 { break }
            place = (place &+ 1) & mask
        }
        return add(name, Slot(low: low, high: high, length: name.count, index: platforms.count))
    }

    /// Under a secret salt, so that nobody can choose names that meet.
    @inline(__always)
    private func place(_ low: UInt64, _ high: UInt64) -> Int {
        let product = (low ^ salt).multipliedFullWidth(by: high &+ salt)
        return Int(truncatingIfNeeded: product.high ^ product.low &>> 32) & mask
    }

    @inline(never)
    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ slot: Slot) -> Int {
        platforms.append(Platform(text: Array(name), scope: keys.scope(platform: name)))
        if platforms.count * 8 > mask { grow() }
        var place = self.place(slot.low, slot.high)
        while slots[place].length >= 0 { place = (place + 1) & mask }
        slots[place] = slot
        return slot.index
    }

    private mutating func grow() {
        let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(), count: mask + 1)
        for slot in old where slot.length >= 0 {
            var place = self.place(slot.low, slot.high)
            while slots[place].length >= 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
        old.baseAddress?.deallocate()
    }
}
