using System.Buffers;
using System.Text.RegularExpressions;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>The service's limits, held here because the emulator is laxer than the service: what passes here passes there.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.</remarks>
internal static partial class TableLimits
{
    public const int EntityBytes = 1024 * 1024;
    public const int TransactionBytes = 4 * 1024 * 1024;
    public const int TransactionActions = 100;
    public const int PageSize = 1000;

    // 255 with the keys and the timestamp.
    public const int Properties = 252;
    public const int NameCharacters = 255;

    // The service counts UTF-16: 1 KiB and 64 KiB are half as many characters.
    private const int KeyCharacters = 512;
    private const int ValueCharacters = 32 * 1024;
    private const int ValueBytes = 64 * 1024;

    private static readonly DateTime FirstDate = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0x00, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    public static RequestFailedException Refusal(int status, TableErrorCode code, string message) => new(status, message, code.ToString(), null);

    public static void CheckTableName(string name)
    {
        if (!TableName().IsMatch(name) || name.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw Refusal(400, "InvalidResourceName", $"The table name '{name}' is not a letter followed by 2 to 62 letters or digits.");
    }

    public static void CheckPageSize(int? size)
    {
        if (size is < 1 or > PageSize)
            throw Refusal(400, TableErrorCode.InvalidInput, $"A page of {size} rows was asked for; 1 to 1,000 are allowed.");
    }

    public static void CheckKey(string key, string name)
    {
        if (key.Length > KeyCharacters)
            throw Refusal(400, TableErrorCode.KeyValueTooLarge, $"The {name} has {key.Length} characters; 512 are allowed (1 KiB of UTF-16).");
        if (key.AsSpan().IndexOfAny(ForbiddenInKeys) is >= 0 and var at)
            throw Refusal(400, TableErrorCode.OutOfRangeInput, $"The {name} holds U+{(int)key[at]:X4} at {at}; / \\ # ? and control characters are forbidden.");
    }

    public static void CheckName(string name)
    {
        if (name.Length > NameCharacters)
            throw Refusal(400, TableErrorCode.PropertyNameTooLong, $"A property's name has {name.Length} characters; 255 are allowed.");
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || name.AsSpan().ContainsAnyExcept(Ordinary) && !name.All(IsPartOfIdentifier))
            throw Refusal(400, TableErrorCode.PropertyNameInvalid, $"'{name}' is no property name: names are identifiers.");
    }

    public static void CheckText(string value, string name)
    {
        if (value.Length > ValueCharacters)
            throw Refusal(400, TableErrorCode.PropertyValueTooLarge, $"'{name}' has {value.Length} characters; 32,768 are allowed (64 KiB of UTF-16).");
    }

    public static void CheckBytes(int length, string name)
    {
        if (length > ValueBytes)
            throw Refusal(400, TableErrorCode.PropertyValueTooLarge, $"'{name}' has {length} bytes; 65,536 are allowed.");
    }

    public static void CheckDate(DateTime utc, string name)
    {
        if (utc < FirstDate)
            throw Refusal(400, TableErrorCode.OutOfRangeInput, $"'{name}' lies before 1601-01-01 UTC.");
    }

    public static void CheckEntity(int properties, long bytes)
    {
        if (properties > Properties)
            throw Refusal(400, TableErrorCode.TooManyProperties, $"The entity has {properties} properties; 252 are allowed beside keys and timestamp.");
        if (bytes > EntityBytes)
            throw Refusal(400, TableErrorCode.EntityTooLarge, $"The entity has {bytes} bytes as the service counts them; 1,048,576 are allowed.");
    }

    private static readonly SearchValues<char> Ordinary = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static bool IsPartOfIdentifier(char c) => char.IsLetterOrDigit(c) || c == '_';

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();
}
