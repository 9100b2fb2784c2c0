import ArgumentParser
import Fakta

@main
struct FaktaTrain: ParsableCommand {}
