using System.Globalization;

namespace ProspectOps.Content.Rules;

/// <summary>Short words and short sentences, by the Flesch–Kincaid grade of <see cref="TextMeasure"/>.</summary>
internal sealed class Readability(double limit) : IQualityRule
{
    public string Id => "readability";

    public int Weight => 10;

    public string? Check(CheckedMessage message)
    {
        var grade = message.Measure.ReadingGrade;
        return grade > limit ? string.Create(CultureInfo.InvariantCulture, $"The reading grade is {grade:0.0}; {limit:0.0} is the limit. Shorter sentences help.") : null;
    }
}
