namespace ProspectOps.Prospects.Import;

/// <summary>What a file may hold. Sizes in octets of UTF-8.</summary>
public static class CsvLimits
{
    /// <summary>One field; a longer one rejects its row.</summary>
    public const int Field = 1_048_576;

    /// <summary>One row, quoted line ends included; a longer one ends the file's reading, because nearly always a quote was never closed.</summary>
    public const int Row = 4_194_304;

    public const int Columns = 500;
}
