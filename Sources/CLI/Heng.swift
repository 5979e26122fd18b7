import Hummingbird
import ArgumentParser
@main struct Heng: ParsableCommand { func run() { print("hi") } }
