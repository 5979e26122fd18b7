#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Large pieces of memory, aligned to two mebibytes, for which the system is asked for large pages: a page fault for
/// each four kibibytes of keys is a fifth of the time of counting them.
enum PageMemory {
    static let alignment = 2 << 20

    static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
        #if os(Linux)
            madvise(memory, bytes, MADV_HUGEPAGE)
        #endif
        return memory
    }
}
