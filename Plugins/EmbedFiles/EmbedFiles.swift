import Foundation
import PackagePlugin

/// Embeds text files into a module as `PackageResources.NAME`, each compiled by itself and only when it changes.
///
/// In place of SwiftPM's own `.embedInCode`, whose array literals of single bytes take the compiler a second for every
/// 30 kB; string literals take none.
@main
struct EmbedFiles: BuildToolPlugin {
    /// The folders of a module that are embedded.
    private static let folders = ["Assets", "Catalogues", "Data", "Migrations", "OpenAPI", "Templates"]

    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let tool = try context.tool(named: "EmbedFilesTool").url
        let out = context.pluginWorkDirectoryURL
        let base = out.appending(path: "PackageResources.swift")
        var commands: [Command] = [
            .buildCommand(
                displayName: "Embedding into \(target.name)", executable: tool, arguments: [base.path()],
                inputFiles: [], outputFiles: [base])
        ]
        for folder in Self.folders {
            let place = target.directoryURL.appending(path: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path())) ?? []
            for name in names.sorted() where !name.hasPrefix(".") {
                let file = place.appending(path: name)
                let made = out.appending(path: "Embedded+\(name).swift")
                commands.append(
                    .buildCommand(
                        displayName: "Embedding \(name)", executable: tool, arguments: [file.path(), made.path()],
                        inputFiles: [file], outputFiles: [made]))
            }
        }
        return commands
    }
}
