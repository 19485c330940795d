using System.Net;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Tenancy;

public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.7", true)]
    [InlineData("203.0.113.9/24", "203.0.113.7", true)]
    [InlineData("203.0.113.0/24", "203.0.114.7", false)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    public void Address_is_held_against_the_network(string network, string address, bool allowed)
    {
        Assert.True(AllowedNetwork.TryParse(network, out var parsed));
        Assert.Equal(allowed, AllowedNetwork.Allows([parsed], IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("here")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%3/64")]
    [InlineData("203.0.113.0/")]
    public void What_is_no_network_is_refused(string? text) => Assert.False(AllowedNetwork.TryParse(text, out _));

    [Fact]
    public void From_nowhere_known_a_key_with_networks_is_of_no_use()
    {
        Assert.True(AllowedNetwork.TryParse("0.0.0.0/0", out var all));
        Assert.False(AllowedNetwork.Allows([all], null));
        Assert.True(AllowedNetwork.Allows([], null));
    }
}
