using ProspectOps.Platform.Errors;
using ProspectOps.Validation;
using ProspectOps.Validation.Import;

namespace ProspectOps.Tests.Validation.Import;

public sealed class ForeignVerdictsTests
{
    private const string ZeroBounceHeader = "Email Address,Status,ZB Status,ZB Sub Status,ZB Account,ZB Domain,ZB First Name,ZB Last Name,ZB Gender,ZB Free Email,ZB MX Found,ZB MX Record,ZB SMTP Provider,ZB Did You Mean";
    private const string NeverBounceHeader = "id,email,email_status,email_status_int,bad_syntax,free_email_host,role_account";
    private const string KickboxHeader = "email,Result,Reason,Role,Free,Disposable,Accept All,Did you mean,Sendex,User,Domain";
    private const string ReacherHeader = "input,is_reachable,misc.is_disposable,misc.is_role_account,misc.gravatar_url,mx.accepts_mail,smtp.can_connect,smtp.has_full_inbox,smtp.is_catch_all,smtp.is_deliverable,smtp.is_disabled,syntax.is_valid_syntax,syntax.domain,syntax.username,error";

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

    // Headers and words as the services write them: ZeroBounce's client libraries, NeverBounce's and Kickbox's API, Reacher's source.
    [Theory]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "disposable@a.example,,do_not_mail,disposable,,,zero,bounce,male,False,true,mx.a.example,,", Verdict.Risky, true, false, null)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "abuse@a.example,,abuse,,,,,,,False,true,mx.a.example,,", Verdict.Undeliverable, false, false, null)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "any@a.example,,catch-all,,,,,,,False,true,mx.a.example,,", Verdict.Risky, false, false, true)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "any@a.example,,valid,accept_all,,,,,,False,true,mx.a.example,,", Verdict.Deliverable, false, false, true)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "info@a.example,,do_not_mail,role_based_catch_all,,,,,,False,true,mx.a.example,,", Verdict.Risky, false, true, true)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "trap@a.example,,do_not_mail,possible_trap,,,,,,False,true,mx.a.example,,", Verdict.Undeliverable, false, false, null)]
    [InlineData(ImportVendor.ZeroBounce, ZeroBounceHeader, "gone@a.example,,invalid,mailbox_quota_exceeded,,,,,,False,true,mx.a.example,,", Verdict.Undeliverable, false, false, null)]
    [InlineData(ImportVendor.NeverBounce, NeverBounceHeader, "7,jane@a.example,valid,0,0,0,Y", Verdict.Deliverable, false, true, null)]
    [InlineData(ImportVendor.NeverBounce, NeverBounceHeader, "7,jane@a.example,catchall,3,0,0,N", Verdict.Risky, false, false, true)]
    [InlineData(ImportVendor.NeverBounce, "email,email_status_int", "jane@a.example,2", Verdict.Risky, true, false, null)]
    [InlineData(ImportVendor.NeverBounce, "email,email_status_int", "jane@a.example,4", Verdict.Unknown, false, false, null)]
    [InlineData(ImportVendor.Kickbox, KickboxHeader, "jane@a.example,risky,low_quality,false,false,false,true,,0.55,jane,a.example", Verdict.Risky, false, false, true)]
    [InlineData(ImportVendor.Kickbox, KickboxHeader, "jane@a.example,undeliverable,rejected_email,true,false,true,false,,0,jane,a.example", Verdict.Undeliverable, true, true, false)]
    [InlineData(ImportVendor.Reacher, ReacherHeader, "jane@a.example,safe,false,false,,true,true,false,false,true,false,true,a.example,jane,", Verdict.Deliverable, false, false, false)]
    [InlineData(ImportVendor.Reacher, ReacherHeader, "info@a.example,risky,false,true,,true,true,false,true,true,false,true,a.example,info,", Verdict.Risky, false, true, true)]
    [InlineData(ImportVendor.Reacher, ReacherHeader, "jane@a.example,unknown,false,false,,true,false,false,false,false,false,true,a.example,jane,timeout", Verdict.Unknown, false, false, false)]
    public void Export_of_a_vendor_is_understood(ImportVendor vendor, string header, string row, Verdict verdict, bool disposable, bool role, bool? catchAll)
    {
        var found = ForeignVerdicts.Read(vendor, VendorColumns.Of(vendor, header.Split(',')), row.Split(','))!;

        Assert.Equal((verdict, disposable, role, catchAll), (found.Verdict, found.Disposable, found.RoleAccount, found.CatchAll));
        Assert.EndsWith("@a.example", found.Email, StringComparison.Ordinal);
        // None of them says when: the age is that of checkedAt.
        Assert.Null(found.At);
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
