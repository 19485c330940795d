namespace ProspectOps.Platform.Errors;

/// <summary>Gathers what is wrong with the fields of a request, so that the caller learns all of it at once.</summary>
public sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>Adds <paramref name="message"/> unless the condition holds.</summary>
    public void Require(bool condition, string field, string message)
    {
        if (!condition)
            Add(field, message);
    }

    /// <exception cref="DomainException"><c>validation_failed</c>, with every field's messages.</exception>
    public void ThrowIfAny()
    {
        if (!Any)
            return;
        throw new DomainException(new DomainError(ErrorKind.Invalid, "validation_failed", "The request has fields that cannot be used.")
        {
            Fix = "Correct the fields named in errors.",
            Errors = _errors.ToDictionary(field => field.Key, field => field.Value.ToArray()),
        });
    }
}
