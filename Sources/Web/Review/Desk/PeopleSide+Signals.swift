import Review

extension PeopleSide {
    /// Everything that finds signals. An area joins by `extension XServices: RaisesSignals` in its own files.
    public var signalSources: [any SignalSource] {
        let areas: [any Sendable] = [
            workflow, desk, sampling, experts, panel, forms, attachments, burden, paper, accounts, privacy,
        ]
        return areas.compactMap { $0 as? any RaisesSignals }.flatMap(\.signalSources)
    }
}
