using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProspectOps.Content;
using ProspectOps.Functions.Platform;
using ProspectOps.Research;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Functions.Tests;

public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Validation:DnsTries", "99", "Validation:DnsTries: The field DnsTries must be between 1 and 10.")]
    [InlineData("Validation:OwnListsFolder", "/no/such/folder", "Validation:OwnListsFolder: Validation:OwnListsFolder is no folder.")]
    [InlineData("Validation:Smtp:Port", "0", "Validation:Smtp:Port: The field Port must be between 1 and 65535.")]
    [InlineData("Content:Rewrites", "6", "Content:Rewrites: The field Rewrites must be between 0 and 5.")]
    [InlineData("Content:Rewrites", "six", "Failed to convert configuration value 'six' at 'Content:Rewrites'")]
    public void Wrong_setting_is_named_with_its_section(string key, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        using var services = new ServiceCollection().AddValidation(configuration).AddContent(configuration).BuildServiceProvider();

        var exception = Record.Exception(() =>
            (services.GetRequiredService<IOptions<ValidationOptions>>().Value, services.GetRequiredService<IOptions<SmtpOptions>>().Value, services.GetRequiredService<IOptions<ContentOptions>>().Value));

        Assert.StartsWith(expected, StartFailure.Of(exception!), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_of_several_sections_are_all_named()
    {
        var failures = new AggregateException(
            new OptionsValidationException("", typeof(ContentOptions), ["DataAnnotation validation failed for 'ContentOptions' members: 'Links' with the error: 'Too many.'."]),
            new OptionsValidationException("", typeof(ValidationOptions), ["Said in words of its own."]));

        Assert.Equal($"Content:Links: Too many.{Environment.NewLine}Said in words of its own.", StartFailure.Of(failures));
    }

    [Fact]
    public void Wrong_packs_are_named_with_their_file() =>
        Assert.Contains("boats.json", StartFailure.Of(new InvalidPacksException([new PackFault("boats.json", "$.id", "It is missing.")])), StringComparison.Ordinal);

    [Fact]
    public void Any_other_failure_keeps_its_stack_trace()
    {
        Assert.Null(StartFailure.Of(new InvalidOperationException("Something else.")));
        Assert.Null(StartFailure.Of(new AggregateException(new InvalidOperationException("Something else."))));
    }
}
