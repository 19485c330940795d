using ProspectOps.Platform.Errors;
using ProspectOps.Validation;
using ProspectOps.Validation.Import;

namespace ProspectOps.Tests.Validation.Import;

public sealed class ForeignVerdictsTests
{
    [Theory]
    [InlineData(ImportVendor.ZeroBounce, "Email Address,ZB Status,ZB Sub Status", "a@b.example,Valid,", Verdict.Deliverable, "imported")]
    [InlineData(ImportVendor.ZeroBounce, "Email Address,ZB Status,ZB Sub Status", "a@b.example,Invalid,mailbox_not_found", Verdict.Undeliverable, "imported")]
    [InlineData(ImportVendor.ZeroBounce, "email,status,sub_status", "a@b.example,catch-all,", Verdict.Risky, "imported")]
    [InlineData(ImportVendor.ZeroBounce, "email,status,sub_status", "a@b.example,spamtrap,", Verdict.Undeliverable, "do_not_mail,imported")]
    [InlineData(ImportVendor.ZeroBounce, "email,status,sub_status", "a@b.example,do_not_mail,role_based", Verdict.Risky, "imported,role_account")]
    [InlineData(ImportVendor.ZeroBounce, "email,status,sub_status", "a@b.example,do_not_mail,toxic", Verdict.Undeliverable, "do_not_mail,imported")]
    [InlineData(ImportVendor.NeverBounce, "email,email_status", "a@b.example,valid", Verdict.Deliverable, "imported")]
    [InlineData(ImportVendor.NeverBounce, "email,result", "a@b.example,1", Verdict.Undeliverable, "imported")]
    [InlineData(ImportVendor.NeverBounce, "email,result", "a@b.example,catchall", Verdict.Risky, "imported")]
    [InlineData(ImportVendor.NeverBounce, "email,result", "a@b.example,disposable", Verdict.Risky, "imported,disposable")]
    [InlineData(ImportVendor.Kickbox, "email,Kickbox Result,Kickbox Reason,Kickbox Role", "a@b.example,deliverable,accepted_email,true", Verdict.Deliverable, "imported,role_account")]
    [InlineData(ImportVendor.Kickbox, "email,result,reason,sendex", "a@b.example,risky,low_deliverability,0.4", Verdict.Risky, "imported")]
    [InlineData(ImportVendor.Reacher, "input,is_reachable,smtp.is_catch_all,misc.is_disposable", "a@b.example,safe,false,false", Verdict.Deliverable, "imported")]
    [InlineData(ImportVendor.Reacher, "input,is_reachable,smtp.is_catch_all,misc.is_disposable", "a@b.example,risky,true,false", Verdict.Risky, "imported")]
    public void Words_of_a_vendor_become_ours(ImportVendor vendor, string header, string row, Verdict verdict, string reasons)
    {
        var columns = VendorColumns.Of(vendor, header.Split(','));

        var found = ForeignVerdicts.Read(vendor, columns, row.Split(','))!;

        Assert.Equal((verdict, reasons), (found.Verdict, string.Join(',', found.Reasons)));
        Assert.Equal("a@b.example", found.Email);
        Assert.All(found.Reasons, reason => Assert.Contains(reason, ValidationReasons.All));
    }

    [Fact]
    public void Sendex_is_the_score_within_what_the_verdict_allows()
    {
        var columns = VendorColumns.Of(ImportVendor.Kickbox, ["email", "result", "sendex"]);

        Assert.Equal(71, ForeignVerdicts.Read(ImportVendor.Kickbox, columns, ["a@b.example", "deliverable", "0.71"])!.Score);
        Assert.Equal(59, ForeignVerdicts.Read(ImportVendor.Kickbox, columns, ["a@b.example", "risky", "0.9"])!.Score);
    }

    [Fact]
    public void Words_that_nobody_knows_are_none_and_columns_that_are_missing_are_named()
    {
        var columns = VendorColumns.Of(ImportVendor.NeverBounce, ["email", "result"]);
        Assert.Null(ForeignVerdicts.Read(ImportVendor.NeverBounce, columns, ["a@b.example", "perhaps"]));

        var refused = Assert.Throws<DomainException>(() => VendorColumns.Of(ImportVendor.ZeroBounce, ["email", "colour"]));
        Assert.Equal("import_columns_missing", refused.Error.Code);
        Assert.Contains("\"colour\"", refused.Error.Detail, StringComparison.Ordinal);
    }
}
