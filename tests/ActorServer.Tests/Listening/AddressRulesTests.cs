using System.Net;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Listening;

public sealed class AddressRulesTests
{
    private static bool Permit(string[] allow, string[] deny, string address) =>
        new AddressRules(TestAdmission.Networks(allow), TestAdmission.Networks(deny)).Permit(IPAddress.Parse(address));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", true)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7/32", "192.0.2.7", true)]
    [InlineData("192.0.2.7/32", "192.0.2.6", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:DB8:0::/32", "2001:db9::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    public void An_allow_list_takes_its_networks_and_nobody_else(string network, string address, bool expected) =>
        Assert.Equal(expected, Permit([network], [], address));

    [Theory]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.1", false)]
    [InlineData("::ffff:0:0/96", "::ffff:203.0.113.9", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("::/0", "::ffff:192.0.2.1", false)]
    public void An_ipv4_address_in_the_form_of_an_ipv6_one_is_the_ipv4_address(string network, string address, bool expected) =>
        Assert.Equal(expected, Permit([network], [], address));

    [Fact]
    public void Empty_lists_permit_everybody()
    {
        Assert.True(Permit([], [], "192.0.2.1"));
        Assert.True(Permit([], [], "2001:db8::1"));
        Assert.True(AddressRules.Everybody.Permit(IPAddress.Parse("203.0.113.9")));
    }

    [Fact]
    public void What_is_denied_is_denied_even_if_it_is_allowed()
    {
        Assert.False(Permit(["192.0.2.0/24"], ["192.0.2.7/32"], "192.0.2.7"));
        Assert.False(Permit(["192.0.2.0/24"], ["192.0.2.7/32"], "::ffff:192.0.2.7"));
        Assert.True(Permit(["192.0.2.0/24"], ["192.0.2.7/32"], "192.0.2.8"));
        Assert.False(Permit(["192.0.2.7/32"], ["192.0.2.0/24"], "192.0.2.7"));
        Assert.True(Permit([], ["192.0.2.7/32"], "203.0.113.9"));
    }

    [Fact]
    public void Who_has_no_address_is_not_judged() =>
        Assert.True(new AddressRules(TestAdmission.Networks("192.0.2.0/24"), TestAdmission.Networks("0.0.0.0/0")).Permit(null));

    [Theory]
    [InlineData("192.0.2.1/24")]
    [InlineData("2001:db8::1/64")]
    [InlineData("::ffff:192.0.2.1/120")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/")]
    [InlineData("/24")]
    [InlineData("")]
    [InlineData("10/8")]
    [InlineData("127.1/32")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x7f000001/32")]
    [InlineData("fe80::%1/64")]
    [InlineData("fe80::1%1/128")]
    [InlineData("192.0.2.0 /24")]
    [InlineData("localhost/32")]
    [InlineData("192.0.2.0/24,198.51.100.0/24")]
    public void What_is_no_network_is_an_error_with_the_key_and_the_text(string network)
    {
        var error = Assert.Single(TestAdmission.TryNetworks("198.51.100.0/24", network).Errors);
        Assert.StartsWith($"test.list has '{network}'; ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_the_same_networks_are_equal_and_say_what_they_hold()
    {
        var list = TestAdmission.Networks("192.0.2.0/24", "::ffff:198.51.100.0/120");
        Assert.Equal(TestAdmission.Networks("192.0.2.0/24", "198.51.100.0/24"), list);
        Assert.Equal(TestAdmission.Networks("192.0.2.0/24", "198.51.100.0/24").GetHashCode(), list.GetHashCode());
        Assert.NotEqual(TestAdmission.Networks("192.0.2.0/24"), list);
        Assert.Equal("192.0.2.0/24, 198.51.100.0/24", list.ToString());
        Assert.Equal(NetworkList.None, TestAdmission.Networks());
    }

    [Fact]
    public void A_list_is_bounded()
    {
        var networks = Enumerable.Range(0, NetworkList.MaxLength + 1).Select(i => $"{TestAdmission.Address(i)}/32").ToArray();
        Assert.Empty(TestAdmission.TryNetworks(networks[1..]).Errors);
        Assert.Equal(["test.list has 1001 networks; it takes 1000."], TestAdmission.TryNetworks(networks).Errors);
    }
}
