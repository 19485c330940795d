namespace ProspectOps.Bench;

/// <param name="Names">Those to run; all where none was named.</param>
/// <param name="Deliver">Whether pipelines post webhooks.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Names, bool List, bool Deliver, string? JsonFile)
{
    /// <exception cref="FormatException">With a message for who typed it.</exception>
    public static BenchOptions Parse(string[] arguments, IReadOnlyList<string> known)
    {
        var names = new List<string>();
        var (list, deliver, json) = (false, true, (string?)null);
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--list": list = true; break;
                case "--no-deliver": deliver = false; break;
                case "--json": json = ++i < arguments.Length ? arguments[i] : throw new FormatException("--json needs a file."); break;
                case var name when known.Contains(name): names.Add(name); break;
                case var other: throw new FormatException($"There is no benchmark or option {other}. Benchmarks: {string.Join(", ", known)}; options: --list, --no-deliver, --json FILE.");
            }
        }
        return new BenchOptions(names.Count > 0 ? names : known, list, deliver, json);
    }
}
