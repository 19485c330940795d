using Microsoft.Azure.Functions.Worker.Converters;
using ProspectOps.LocalRuntime.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>The parameter is read from the request's body by MVC's binder: JSON, by MVC's options.</summary>
/// <remarks>A body that does not fit is a 500 and not a 400, as on Azure. Read <c>request.Body</c> where clients should be told.</remarks>
public class FromBodyAttribute() : InputConverterAttribute(typeof(FromBodyConverter));
