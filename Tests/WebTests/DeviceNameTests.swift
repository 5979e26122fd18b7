import Testing
import Web

@Suite("Names of devices")
struct DeviceNameTests {
    @Test(
        "What a browser says of itself becomes a name that people know",
        arguments: [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome · Linux"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari · iPhone"),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile MicroMessenger/8.0", "WeChat · Android"),
            ("curl/8.5.0", "curl"),
        ])
    func known(_ agent: String, _ name: String) {
        #expect(DeviceName(agent).text == name)
    }

    @Test("An unknown program keeps no name")
    func unknown() {
        #expect(DeviceName("heng-demo").text == nil)
        #expect(DeviceName("").text == nil)
    }
}
