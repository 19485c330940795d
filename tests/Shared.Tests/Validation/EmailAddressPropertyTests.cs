using FsCheck;
using FsCheck.Fluent;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

public sealed class EmailAddressPropertyTests
{
    // Pieces that addresses are made and broken with: whole ones are likelier to get deep into the grammar than random characters.
    private static readonly string[] Pieces =
    [
        "a", "B", "jane", "+", "+tag", ".", "..", "@", "@", "@", "\"", "\\", "\\\"", " ", "gmail.com", "googlemail.com", "acme.com", "example", "ü", "Ⱥ", "İ", "ß", "例", "。",
        "[", "]", "IPv6:", "::1", "192.0.2.1", "1", "255", ":", "-", "xn--", "xn--bcher-kva", "(", "<", "\0", "\u200B", "\uD83D", "\uDE00", "😀", "\u0308", new('a', 60), new('é', 31), "_", "!",
    ];

    private static Arbitrary<string> Texts => Gen.OneOf(
        Gen.Elements(Pieces).ArrayOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    private static Arbitrary<string> Addresses => (
        from local in Gen.Elements("jane", "J.Doe", "a+b", "a.b+c", "\"x y\"", "\"q\"", "Ⱥ", "jörg", "+", "a.+b", new string('Ⱥ', 32))
        from tag in Gen.Elements("", "+t", "+T.x", "!")
        from domain in Gen.Elements("acme.com", "GMAIL.com", "googlemail.com", "Bücher.example", "xn--bcher-kva.example", "[192.0.2.010]", "[IPv6:2001:db8::1]", "例え.テスト")
        select (local.EndsWith('"') ? local : local + tag) + "@" + domain).ToArbitrary();

    [Fact]
    public void Nothing_makes_the_parser_throw_and_errors_lie_inside_the_text() =>
        Prop.ForAll(Texts, text =>
        {
            var isValid = EmailAddress.TryParse(text, out var address, out var error);
            return isValid
                ? address is not null && error is null && address.Value == text
                : address is null && error!.Position >= 0 && error.Position <= text.Length && error.Message.Length > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Canonical_form_is_an_address_and_its_own_canonical_form() =>
        Prop.ForAll(Gen.OneOf(Texts.Generator, Addresses.Generator).ToArbitrary(), text =>
            EmailAddress.CanonicalOf(text) is not { } canonical
            || (EmailAddress.TryParse(canonical, out var again, out _) && again.Canonical == canonical)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Case_and_plus_tag_never_change_who_it_is() =>
        Prop.ForAll(Gen.Elements("jane", "j.doe", "x_1").Two().Zip(Gen.Elements("acme.com", "gmail.com")).ToArbitrary(), sample =>
        {
            var ((local, tag), domain) = sample;
            return EmailAddress.CanonicalOf($"{local.ToUpperInvariant()}+{tag}@{domain.ToUpperInvariant()}") == EmailAddress.CanonicalOf($"{local}@{domain}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Valid_address_keeps_to_the_octet_limits() =>
        Prop.ForAll(Texts, text => !EmailAddress.TryParse(text, out var address, out _)
            || (System.Text.Encoding.UTF8.GetByteCount(address.Local) <= 64 && address.Ascii.Length <= 253 && System.Text.Ascii.IsValid(address.Ascii)
                && System.Text.Encoding.UTF8.GetByteCount(address.Local) + 1 + address.Ascii.Length <= 254)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
}
