import Store
import Web

extension PortSide {
    /// All areas on the real stores.
    public static func joined(_ stores: JoinedStores) throws -> PortSide {
        PortSide(
            signingKeys: SQLiteSigningKeyStore(stores.database, seal: stores.seal),
            challenges: SQLiteChallengeStore(stores.database))
    }
}
