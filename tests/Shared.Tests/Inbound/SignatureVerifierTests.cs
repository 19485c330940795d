using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Signing;

namespace ProspectOps.Tests.Inbound;

public sealed class SignatureVerifierTests
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a secret of some length");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"email":"ann@example.com"}""");

    private readonly FakeClock _clock = new();
    private readonly ReplayCache _replays;
    private readonly SignatureVerifier _verifier;

    public SignatureVerifierTests()
    {
        _replays = new ReplayCache(_clock);
        _verifier = new SignatureVerifier(_replays, _clock);
    }

    /// <summary>The vector of the specification's own libraries.</summary>
    [Fact]
    public void Standard_webhook_of_the_reference_libraries_is_valid()
    {
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));
        _clock.Pass(DateTimeOffset.FromUnixTimeSeconds(1614265330) - _clock.Now);
        var request = new SignedRequest("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Equal(SignatureVerdict.Valid, _verifier.StandardWebhook(request, secret!));
        Assert.Equal(SignatureVerdict.Valid, _verifier.StandardWebhook(request with { Signature = $"v1,AAAA v2,x {request.Signature}" }, secret!));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.StandardWebhook(request with { Id = "msg_other" }, secret!));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.StandardWebhook(request with { Signature = request.Signature![3..] }, secret!));
        Assert.Equal(SignatureVerdict.Missing, _verifier.StandardWebhook(request with { Id = null }, secret!));
    }

    [Theory]
    [InlineData(0, SignatureVerdict.Valid)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(-301, SignatureVerdict.Stale)]
    [InlineData(301, SignatureVerdict.Stale)]
    public void Timestamp_may_be_five_minutes_off_to_either_side(int seconds, SignatureVerdict expected) =>
        Assert.Equal(expected, _verifier.TimestampedHmac(Sign(Timestamp(seconds)), Key));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-1769850000")]
    [InlineData("1769850000.5")]
    [InlineData(" 1769850000")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999")]
    [InlineData("2026-01-31T09:00:00Z")]
    public void What_is_no_time_is_stale(string timestamp) => Assert.Equal(SignatureVerdict.Stale, _verifier.TimestampedHmac(Sign(timestamp), Key));

    [Fact]
    public void Milliseconds_are_a_time_too() =>
        Assert.Equal(SignatureVerdict.Valid, _verifier.TimestampedHmac(Sign(_clock.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)), Key));

    [Fact]
    public void Whatever_was_changed_is_wrong()
    {
        var signed = Sign(Timestamp(0));

        Assert.Equal(SignatureVerdict.Valid, _verifier.TimestampedHmac(signed with { Signature = signed.Signature!.ToUpperInvariant() }, Key));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed with { Body = new byte[] { 1 } }, Key));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed with { Timestamp = Timestamp(1) }, Key));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed, Encoding.UTF8.GetBytes("another")));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed with { Signature = signed.Signature["sha256=".Length..] }, Key));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed with { Signature = "sha256=" }, Key));
        Assert.Equal(SignatureVerdict.Wrong, _verifier.TimestampedHmac(signed with { Signature = signed.Signature + "00" }, Key));
        Assert.Equal(SignatureVerdict.Missing, _verifier.TimestampedHmac(signed with { Signature = null }, Key));
    }

    [Fact]
    public void Request_is_a_replay_once_it_was_acted_on_and_not_before()
    {
        var signed = Sign(Timestamp(0));
        Assert.Equal(SignatureVerdict.Valid, _verifier.TimestampedHmac(signed, Key));
        Assert.Equal(SignatureVerdict.Valid, _verifier.TimestampedHmac(signed, Key));

        _verifier.Remember(signed);

        Assert.Equal(SignatureVerdict.Replayed, _verifier.TimestampedHmac(signed, Key));
        Assert.Equal(SignatureVerdict.Replayed, _verifier.TimestampedHmac(signed with { Signature = signed.Signature!.ToUpperInvariant() }, Key));
        Assert.Equal(SignatureVerdict.Valid, _verifier.TimestampedHmac(Sign(Timestamp(1)), Key));
    }

    [Fact]
    public void Replay_is_known_for_as_long_as_its_timestamp_holds()
    {
        var ahead = Sign(Timestamp(300));
        _verifier.Remember(ahead);

        _clock.Pass(TimeSpan.FromSeconds(599));

        Assert.Equal(SignatureVerdict.Replayed, _verifier.TimestampedHmac(ahead, Key));
    }

    [Fact]
    public void Replay_cache_holds_no_more_than_it_may()
    {
        var cache = new ReplayCache(_clock, most: 100);
        foreach (var number in Enumerable.Range(0, 1000))
            cache.Add($"signature {number}");

        var known = Enumerable.Range(0, 1000).Count(number => cache.Contains($"signature {number}"));

        Assert.InRange(known, 50, 100);
        Assert.True(cache.Contains("signature 999"));
    }

    [Theory]
    [InlineData("token", SignatureVerdict.Valid)]
    [InlineData("Token", SignatureVerdict.Wrong)]
    [InlineData("token ", SignatureVerdict.Wrong)]
    [InlineData("", SignatureVerdict.Missing)]
    [InlineData(null, SignatureVerdict.Missing)]
    public void Token_is_the_whole_token(string? given, SignatureVerdict expected) => Assert.Equal(expected, SignatureVerifier.Token("token", given));

    private string Timestamp(int secondsOff) => (_clock.Now.ToUnixTimeSeconds() + secondsOff).ToString(CultureInfo.InvariantCulture);

    private static SignedRequest Sign(string timestamp)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. Body];
        var hash = HMACSHA256.HashData(Key, signed);
        return new SignedRequest(null, timestamp, $"sha256={Convert.ToHexStringLower(hash)}", Body);
    }
}
