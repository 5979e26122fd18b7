import Access
import ArgumentParser
import Foundation
import Trust
import Vocabulary
import Wording

/// `heng user`: accounts of a data folder, for whoever runs the machine.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add and list accounts, and set passwords, on a data folder.",
        subcommands: [UserAddCommand.self, UserListCommand.self, UserPasswordCommand.self])
}

/// `heng user add ID`: creates an account; its password comes from standard input.
struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Create an account; the password is read from standard input.")

    @Argument(help: "The account: small letters, digits, dot, underscore, hyphen.")
    var id: String
    @Option(help: "Name that is shown.")
    var name: String
    @Option(help: "A role; give it again for further roles.")
    var role: [String]
    @Option(help: "Credit code of the company (company roles).")
    var company: String?
    @Option(help: "Region code (county and city roles).")
    var region: String?
    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            let roles = try role.map { text in
                guard let role = Role(rawValue: text) else { throw Failure("access.role_unknown", ["role": text]) }
                return role
            }
            let code = try company.map { text in
                guard let code = CompanyCode(text) else {
                    throw Failure("access.company_invalid", ["code": text])
                }
                return code
            }
            let account = Account(
                id: AccountID(id), displayName: name, roles: Set(roles), company: code,
                region: region.map { RegionCode($0) }, createdAt: folder.clock.now())
            guard account.findings.isEmpty else {
                throw Failure("access.account_invalid", findings: account.findings)
            }
            let password = try await folder.signInDesk.hash(PasswordInput.read(lang), for: account.id)
            let entry = AuditEntry(
                "account.created", actor: .system("command-line"), at: folder.clock.now(),
                subject: AuditSubject(key: "account:\(id)"),
                payload: ["id": .string(id), "roles": .array(roles.sorted().map { .string($0.rawValue) })],
                salt: folder.random.salt())
            let index = try await folder.accounts.create(account, password: password, entry: entry)
            Terminal.say(Terminal.language(lang), "access.created", ["account": id, "index": "\(index)"])
        }
    }
}

/// `heng user password ID`: sets a password; all sessions of the account end.
struct UserPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Set a password, read from standard input; the account's sessions end.")

    @Argument(help: "The account.")
    var id: String
    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            guard try await folder.accounts.account(AccountID(id)) != nil else {
                throw Failure("access.account_unknown", ["account": id])
            }
            let password = try await folder.signInDesk.hash(PasswordInput.read(lang), for: AccountID(id))
            let entry = AuditEntry(
                "account.password-changed", actor: .system("command-line"), at: folder.clock.now(),
                subject: AuditSubject(key: "account:\(id)"), salt: folder.random.salt())
            let index = try await folder.accounts.setPassword(password, of: AccountID(id), entry: entry)
            Terminal.say(Terminal.language(lang), "access.password_set", ["account": id, "index": "\(index)"])
        }
    }
}

/// One line of standard input; a terminal is asked without echo.
enum PasswordInput {
    /// - Throws: `access.password_missing` at the end of input.
    static func read(_ lang: String) throws -> String {
        if isatty(STDIN_FILENO) == 1 {
            let prompt = Catalogue.of(Terminal.language(lang)).text("access.password_prompt")
            guard let typed = getpass(prompt) else { throw Failure("access.password_missing") }
            return String(cString: typed)
        }
        guard let line = readLine(), !line.isEmpty else { throw Failure("access.password_missing") }
        return line
    }
}
