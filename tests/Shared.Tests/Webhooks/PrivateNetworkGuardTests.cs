using System.Net;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Errors;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class PrivateNetworkGuardTests
{
    // Every network that is not the public internet, once by its first address and once from within.
    private static readonly string[] PrivateV4 =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
        "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    ];

    private static readonly string[] PublicV4 = ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.0.1", "223.255.255.255"];

    public static TheoryData<string> PrivateAddresses =>
    [
        .. PrivateV4,
        .. PrivateV4.Select(address => $"::ffff:{address}"),
        .. PrivateV4.Select(address => $"64:ff9b::{address}"),
        .. PrivateV4.Select(address => $"::{address}"),
        .. PrivateV4.Select(address => $"::ffff:0:{address}"),
        .. PrivateV4.Select(SixToFour),
        "::", "::1", "100::1", "100:0:0:1::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%1", "febf::1", "fec0::1", "ff02::1",
        // Local-use NAT64, wherever in it the address lies, and Teredo.
        "64:ff9b:1::127.0.0.1", "64:ff9b:1:7f00:0:100:808:808", "64:ff9b:1:a00:0:100:808:808", "2001:0:808:808::80ff:fffe", "2001::1",
    ];

    public static TheoryData<string> PublicAddresses =>
    [
        .. PublicV4,
        .. PublicV4.Select(address => $"::ffff:{address}"),
        .. PublicV4.Select(address => $"64:ff9b::{address}"),
        .. PublicV4.Select(SixToFour),
        "2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001::1",
    ];

    [Theory]
    [MemberData(nameof(PrivateAddresses))]
    public void Address_of_a_private_network_is_refused_in_every_form(string address) => Assert.False(PrivateNetworkGuard.IsPublic(IPAddress.Parse(address)), address);

    [Theory]
    [MemberData(nameof(PublicAddresses))]
    public void Public_address_is_let_through_in_every_form(string address) => Assert.True(PrivateNetworkGuard.IsPublic(IPAddress.Parse(address)), address);

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1:8080/hooks")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    public async Task Url_that_leads_inside_is_refused_however_it_is_written(string url)
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => Guard(new WebhooksOptions()).RequireAllowedAsync(new Uri(url), default));

        Assert.Equal("url_not_allowed", refusal.Error.Code);
    }

    [Theory]
    [InlineData("http://8.8.8.8/")]
    [InlineData("https://no-such-host.invalid/hooks")]
    public async Task Public_url_and_one_that_nobody_knows_yet_are_taken(string url) => await Guard(new WebhooksOptions()).RequireAllowedAsync(new Uri(url), default);

    [Fact]
    public async Task One_host_and_port_can_be_lifted_without_its_neighbours()
    {
        var guard = Guard(new WebhooksOptions { AllowedAddresses = ["LOCALHOST:8080", "127.0.0.1:443"] });

        await guard.RequireAllowedAsync(new Uri("http://localhost:8080/"), default);
        await guard.RequireAllowedAsync(new Uri("https://127.0.0.1/"), default);

        await Assert.ThrowsAsync<DomainException>(() => guard.RequireAllowedAsync(new Uri("http://localhost:8081/"), default));
        await Assert.ThrowsAsync<DomainException>(() => guard.RequireAllowedAsync(new Uri("http://127.0.0.1:8080/"), default));
    }

    [Fact]
    public async Task Private_networks_can_be_lifted_whole() => await Guard(new WebhooksOptions { AllowPrivateNetworks = true }).RequireAllowedAsync(new Uri("http://10.0.0.1/"), default);

    [Theory]
    [MemberData(nameof(PrivateAddresses))]
    public async Task Name_of_a_private_address_is_refused_when_it_is_given_and_when_it_is_connected_to(string address)
    {
        var guard = new PrivateNetworkGuard(Options.Create(new WebhooksOptions()), (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }));

        await Assert.ThrowsAsync<DomainException>(() => guard.RequireAllowedAsync(new Uri("https://hooks.example.com/"), default));
        Assert.Equal("the address is inside a private network", (await PostAsync(guard)).Failure);
    }

    [Fact]
    public async Task Name_that_changes_between_check_and_connect_is_refused()
    {
        var asked = 0;
        await using var inside = await Loopback.StartAsync();
        var guard = new PrivateNetworkGuard(Options.Create(new WebhooksOptions()), (_, _) => Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? "93.184.215.14" : "127.0.0.1") }));
        var url = new Uri($"http://rebinding.example:{inside.Url.Port}/");

        await guard.RequireAllowedAsync(url, default);
        var result = await PostAsync(guard, url);

        Assert.Equal("the address is inside a private network", result.Failure);
        Assert.Equal(2, asked);
        Assert.Empty(inside.Received);
    }

    [Fact]
    public async Task Of_several_addresses_of_a_name_only_public_ones_are_connected_to_and_one_private_one_refuses_it_when_given()
    {
        await using var inside = await Loopback.StartAsync();
        var guard = new PrivateNetworkGuard(Options.Create(new WebhooksOptions()), (_, _) => Task.FromResult(new[] { IPAddress.Parse("10.0.0.1"), IPAddress.Loopback, IPAddress.IPv6Loopback }));

        await Assert.ThrowsAsync<DomainException>(() => guard.RequireAllowedAsync(inside.Url, default));
        Assert.NotNull((await PostAsync(guard, new Uri($"http://mixed.example:{inside.Url.Port}/"))).Failure);
        Assert.Empty(inside.Received);
    }

    private static async Task<AttemptResult> PostAsync(PrivateNetworkGuard guard, Uri? url = null)
    {
        using var sender = new WebhookSender(guard, Options.Create(new WebhooksOptions()), TimeProvider.System);
        var endpoint = new WebhookEndpoint { EndpointId = "whe_1", Url = url ?? new Uri("http://hooks.example.com/"), Secret = ProspectOps.Platform.Signing.WebhookSecret.New().Text, CreatedAt = default };
        return await sender.PostAsync(endpoint, new PlannedEvent("evt_1", null, "{}"), default);
    }

    private static PrivateNetworkGuard Guard(WebhooksOptions options) => new(Options.Create(options));

    private static string SixToFour(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return new IPAddress([0x20, 0x02, .. bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]).ToString();
    }
}
