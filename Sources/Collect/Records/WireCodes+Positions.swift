extension WireCodes {
    /// The position, from 1, of a field's code in its list; 0 when it is none of them.
    ///
    /// The words are the codes' bytes, the first lowest; a test reads every code of every list.
    @inline(__always)
    static func position(_ field: RecordField, _ code: ShortText) -> UInt64 {
        switch field {
        case .cloud: return cloudPosition(code)
        case .idBasis: return idBasisPosition(code)
        case .form: return formPosition(code)
        case .op: return opPosition(code)
        case .act: return actPosition(code)
        case .metric: return metricPosition(code)
        default: return 0
        }
    }

    @inline(__always)
    private static func cloudPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x6369_6c62_7570, 0): return 1
        case (0x65_7461_7669_7270, 0): return 2
        case (0x6574_6163_6964_6564, 0x64): return 3
        default: return 0
        }
    }

    @inline(__always)
    private static func idBasisPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x6974_756c_6f73_6572, 0x6e6f): return 1
        case (0x6c61_6972_6573, 0): return 2
        case (0x6965_6d69, 0): return 3
        case (0x6e_776f, 0): return 4
        default: return 0
        }
    }

    @inline(__always)
    private static func formPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x7265_626d_756e, 0): return 1
        case (0x65_7461_7473, 0): return 2
        case (0x7478_6574, 0): return 3
        case (0x74_6e65_7665, 0): return 4
        default: return 0
        }
    }

    @inline(__always)
    private static func opPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x64_6461, 0): return 1
        case (0x6576_6f6d_6572, 0): return 2
        default: return 0
        }
    }

    @inline(__always)
    private static func actPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x64_6c69_7562, 0): return 1
        case (0x7469_6d6d_6f63, 0): return 2
        case (0x6c61_632d_6c6f_6f74, 0x6c): return 3
        case (0x7461_6369_6c62_7570, 0x6e_6f69): return 4
        default: return 0
        }
    }

    @inline(__always)
    private static func metricPosition(_ code: ShortText) -> UInt64 {
        switch (code.low, code.high) {
        case (0x7570_6376, 0): return 1
        case (0x5f65_6761_726f_7473, 0x73_6574_7962): return 2
        default: return 0
        }
    }
}
