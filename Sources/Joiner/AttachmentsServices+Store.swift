import Store
import Web

extension AttachmentsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> AttachmentsServices {
        var services = AttachmentsServices()
        let uploads = FileUploadStore(stores.database, path: stores.folder + "/uploads")
        services.uploads = uploads
        services.background.append(UploadSweep(uploads, clock: stores.clock))
        return services
    }
}
