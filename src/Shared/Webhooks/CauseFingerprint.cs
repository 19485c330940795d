using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Webhooks;

/// <summary>Names a cause, so that failures of the same cause come together: endpoint, status and the answer without what differs from request to request.</summary>
public static partial class CauseFingerprint
{
    private const int MostCharacters = 1_024;

    /// <param name="cause">What is said where nothing was answered.</param>
    public static string Of(string endpointId, int? status, string? answer, string cause)
    {
        var text = answer is { Length: > MostCharacters } ? answer[..MostCharacters] : answer;
        var shape = Varying().Replace(text ?? "", "#");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpointId}|{status}|{(status is null ? cause : "")}|{shape}"));
        return $"clu_{Base32.Encode(hash, 26)}";
    }

    // Numbers, times, and the ids that servers put into their answers.
    [GeneratedRegex("[0-9a-fA-F-]{8,}|[A-Za-z0-9_-]*[0-9][A-Za-z0-9_-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Varying();
}
