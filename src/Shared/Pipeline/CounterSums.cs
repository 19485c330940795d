using ProspectOps.Platform.Storage;

namespace ProspectOps.Pipeline;

/// <summary>The counters of a workflow, summed over its shards.</summary>
internal sealed class CounterSums
{
    private readonly Dictionary<(string Stage, string Name), long> _sums = [];

    public CounterSums(IEnumerable<TableRow> counters)
    {
        foreach (var counter in counters)
        {
            var stage = counter.Row.Split('|')[1];
            foreach (var (name, value) in counter.Values)
            {
                if (value is long or int)
                    _sums[(stage, name)] = this[stage, name] + counter.Number(name);
            }
        }
    }

    public long this[string stage, string name] => _sums.GetValueOrDefault((stage, name));
}
