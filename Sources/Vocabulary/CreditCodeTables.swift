/// The values and weights of GB 32100-2015 and GB 11714-1997, as arithmetic that needs no memory.
public enum CreditCodeTables {
    /// The 31 characters of GB 32100 in the order of their values.
    public static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// 0…30, or 255 for a character that GB 32100 does not have (I, O, S, V, Z, small letters, anything else).
    @inlinable
    public static func value32100(_ byte: UInt8) -> UInt32 {
        switch byte {
        case 48...57: return UInt32(byte) - 48
        case 65...72: return UInt32(byte) - 55
        case 74...78: return UInt32(byte) - 56
        case 80...82: return UInt32(byte) - 57
        case 84...85: return UInt32(byte) - 58
        case 87...89: return UInt32(byte) - 59
        default: return 255
        }
    }

    /// 0…35, or 255 for anything but digits and capital letters.
    @inlinable
    public static func value11714(_ byte: UInt8) -> UInt32 {
        switch byte {
        case 48...57: return UInt32(byte) - 48
        case 65...90: return UInt32(byte) - 55
        default: return 255
        }
    }

    /// 3, 7, 9, 10, 5, 8, 4, 2 for index 0…7.
    @inlinable
    public static func weight11714(_ index: Int) -> UInt32 { (0x2485_A973 >> UInt32(4 * index)) & 15 }

    /// The check character for a weighted sum: 11 − sum mod 11, where 10 is written X and 11 is written 0.
    @inlinable
    public static func check11714(_ sum: UInt32) -> UInt8 {
        let rest = sum % 11
        return rest == 0 ? 48 : rest == 1 ? 88 : UInt8(48 + 11 - rest)
    }

    /// The check character of the eight characters of an organisation code; nil when one of them is illegal.
    public static func check11714(of body: ArraySlice<UInt8>) -> UInt8? {
        guard body.count == 8 else { return nil }
        var sum: UInt32 = 0
        for (index, byte) in body.enumerated() {
            let value = value11714(byte)
            guard value < 36 else { return nil }
            sum += value * weight11714(index)
        }
        return check11714(sum)
    }

    /// The check character of the first 17 characters; nil when one of them is illegal.
    public static func check32100(of body: ArraySlice<UInt8>) -> UInt8? {
        guard body.count == 17 else { return nil }
        var sum: UInt32 = 0
        var weight: UInt32 = 1
        for byte in body {
            let value = value32100(byte)
            guard value < 31 else { return nil }
            sum += value * weight
            weight = weight * 3 % 31
        }
        return alphabet[Int((31 - sum % 31) % 31)]
    }
}
