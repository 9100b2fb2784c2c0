import Testing

@testable import Fakta
