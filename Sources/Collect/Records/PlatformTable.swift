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
        var length: Int32 = -1
        var index: Int32 = 0
    }

    private let keys: KeyMaker
    private let salt: UInt64
    private var platforms: [Platform] = []
    private var slots: UnsafeMutablePointer<Slot>
    private var mask = 255

    init(keys: KeyMaker) {
        self.keys = keys
        salt = keys.scope(platform: UnsafeBufferPointer(start: nil, count: 0)) | 1
        slots = .allocate(capacity: 256)
        slots.initialize(repeating: Slot(), count: 256)
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
        while slots[place].length >= 0 {
            let slot = slots[place]
            if slot.low == low, slot.high == high, Int(slot.length) == name.count { return Int(slot.index) }
            place = (place &+ 1) & mask
        }
        return add(name, Slot(low: low, high: high, length: Int32(name.count), index: Int32(platforms.count)))
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
        if platforms.count * 2 > mask { grow() }
        var place = self.place(slot.low, slot.high)
        while slots[place].length >= 0 { place = (place + 1) & mask }
        slots[place] = slot
        return Int(slot.index)
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
