package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final SinkAddress SINK = new SinkAddress(true, "hooks.example.org", 443, "/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255"
            })
    void refusesAddressesThatAreNotPublic(String address) {
        assertThat(new Guard(AllowList.NONE, Guard.Plain.REFUSED).objection(SINK, at(address)))
                .contains("hooks.example.org is at")
                .contains("callbacks.allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::",
                "2002:c0a8:101::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:20::1",
                "2001:db8::1",
                "3fff::1",
                "3fff:fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "5f00::1",
                "4000::1"
            })
    void refusesAddressesOfIpv6ThatAreNotPublic(String address) {
        assertThat(new Guard(AllowList.NONE, Guard.Plain.REFUSED).objection(SINK, at(address)))
                .contains("hooks.example.org is at")
                .contains("callbacks.allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "2002:101:101::1",
                "2001:200::1",
                "2001:4860:4860::8888"
            })
    void letsPublicAddressesPass(String address) {
        assertThat(new Guard(AllowList.NONE, Guard.Plain.REFUSED).objection(SINK, at(address)))
                .isNull();
    }

    @Test
    void letsPassWhatTheOperatorAllows() {
        Guard guard = new Guard(
                AllowList.of(List.of("10.1.0.0/16", "fd00:1::/32", "::1", "Hooks.Internal")), Guard.Plain.REFUSED);

        assertThat(guard.objection(SINK, at("10.1.255.1"))).isNull();
        assertThat(guard.objection(SINK, at("10.2.0.1"))).isNotNull();
        assertThat(guard.objection(SINK, at("fd00:1::9"))).isNull();
        assertThat(guard.objection(SINK, at("fd00:2::9"))).isNotNull();
        assertThat(guard.objection(SINK, at("::1"))).isNull();
        assertThat(guard.objection(new SinkAddress(true, "hooks.internal", 443, "/"), at("127.0.0.1")))
                .isNull();
    }

    @Test
    void speaksHttpOnlyWhereTheOperatorAllowsIt() {
        SinkAddress plain = new SinkAddress(false, "hooks.example.org", 80, "/");

        assertThat(new Guard(AllowList.NONE, Guard.Plain.REFUSED).objection(plain, at("1.1.1.1")))
                .contains("over https only");
        assertThat(new Guard(AllowList.of(List.of("hooks.example.org")), Guard.Plain.REFUSED)
                        .objection(plain, at("1.1.1.1")))
                .isNull();
        assertThat(new Guard(AllowList.of(List.of("1.1.1.0/24")), Guard.Plain.REFUSED).objection(plain, at("1.1.1.1")))
                .isNull();
    }

    @Test
    void saysBeforeItIsCalledWhatIsWrongWhereverASinkLeads() {
        SinkAddress plain = new SinkAddress(false, "hooks.example.org", 80, "/");
        SinkAddress loopback = new SinkAddress(false, "127.0.0.1", 80, "/");

        assertThat(guard(Guard.Plain.REFUSED).objection(SINK)).isNull();
        assertThat(guard(Guard.Plain.REFUSED).objection(plain)).contains("over https only");
        assertThat(guard(Guard.Plain.ALLOWED).objection(plain)).isNull();
        assertThat(guard(Guard.Plain.REFUSED, "other.example.org").objection(plain))
                .contains("over https only");
        assertThat(guard(Guard.Plain.REFUSED, "hooks.example.org").objection(plain))
                .isNull();
        assertThat(guard(Guard.Plain.REFUSED, "127.0.0.0/8").objection(plain)).isNull();
        assertThat(guard(Guard.Plain.REFUSED, "127.0.0.0/8").objection(loopback))
                .isNull();
        assertThat(guard(Guard.Plain.ALLOWED).objection(loopback)).contains("loopback");
    }

    private static Guard guard(Guard.Plain plain, String... allowed) {
        return new Guard(AllowList.of(List.of(allowed)), plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0/8", "010.0.0.0/8", "10.0.0.0/", "::/129", "a b", "", "*"})
    void allowsNothingThatIsNeitherHostNorBlock(String text) {
        assertThatThrownBy(() -> AllowList.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a host name, an address, or a block");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://127.1/",
                "http://0x7f000001/",
                "http://127.0.0.1.1/",
                "http://[::1%25lo]/",
                "http://a..b/",
                "http://-a.example/",
                "http:///x",
                "http://user@example.org/",
                "http://user:pw@example.org/",
                "http://example.org/#x",
                "ftp://example.org/",
                "/relative",
                "mailto:a@b",
                "http://example.org:0/",
                "http://example.org:65536/",
                "http://ex%61mple.org/",
                "http://1.2.3.256/",
                "http://example.0x1/"
            })
    void takesNoAddressThatSomebodyCouldReadOtherwise(String uri) {
        assertThat(SinkAddress.of(URI.create(uri))).isInstanceOf(SinkAddress.Parsed.Bad.class);
    }

    @Test
    void takesAnAddressApart() {
        assertThat(parsed("HTTPS://Hooks.Example.org./a%20b?x=1&y"))
                .isEqualTo(new SinkAddress(true, "hooks.example.org", 443, "/a%20b?x=1&y"));
        assertThat(parsed("http://127.0.0.1:8080")).isEqualTo(new SinkAddress(false, "127.0.0.1", 8080, "/"));
        assertThat(parsed("https://[2606:4700::1111]:8443/x"))
                .isEqualTo(new SinkAddress(true, "2606:4700::1111", 8443, "/x"));
        assertThat(parsed("https://[2606:4700::1111]:8443/x").authority()).isEqualTo("[2606:4700::1111]:8443");
        assertThat(parsed("http://localhost:80/").authority()).isEqualTo("localhost");
    }

    private static SinkAddress parsed(String uri) {
        return ((SinkAddress.Parsed.Good) SinkAddress.of(URI.create(uri))).address();
    }

    private static InetAddress at(String address) {
        return AddressBlock.literal(address).orElseThrow();
    }
}
