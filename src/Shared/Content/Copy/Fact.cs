namespace ProspectOps.Content.Copy;

/// <summary>What a template can say. The name in a template is the member's in camelCase.</summary>
/// <remarks>The first ones are facts of the person or of the sender: a sentence with more of them is the more specific one.</remarks>
internal enum Fact
{
    FirstName,
    LastName,
    Title,
    Company,
    Employees,
    Focus,
    Signal,
    SenderName,
    SenderTitle,
    SenderCompany,
    Offer,
    Audience,
    Industry,
    Pain,
    PainText,
    OtherPain,
    Value,
    ValueText,
    OtherValue,
    Trigger,
    Objection,
    Answer,
    Profile,
    Site,
}
