using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Reads the body with MVC's model binder, as upstream: without validation, its failures as exceptions.</summary>
internal sealed class FromBodyConverter : IInputConverter
{
    public async ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        var http = context.FunctionContext.GetHttpContext()
            ?? throw new InvalidOperationException("[FromBody] needs an HTTP trigger and ConfigureFunctionsWebApplication().");
        var binding = CreateContext(http, context.TargetType, out var binder);
        await binder.BindModelAsync(binding);
        if (binding.Result.IsModelSet)
            return ConversionResult.Success(binding.Result.Model);
        return binding.ModelState.IsValid
            ? ConversionResult.Success(null)
            : throw new InvalidOperationException(string.Join(
                Environment.NewLine, binding.ModelState.Values.SelectMany(entry => entry.Errors).Select(error => error.ErrorMessage)));
    }

    private static DefaultModelBindingContext CreateContext(HttpContext http, Type type, out IModelBinder binder)
    {
        var metadata = http.RequestServices.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(type);
        var name = metadata.BinderModelName ?? "";
        binder = http.RequestServices.GetRequiredService<IModelBinderFactory>().CreateBinder(new ModelBinderFactoryContext
        {
            Metadata = metadata,
            BindingInfo = new BindingInfo
            {
                BinderModelName = name,
                BindingSource = BindingSource.Body,
                BinderType = metadata.BinderType,
                PropertyFilterProvider = metadata.PropertyFilterProvider,
            },
        });
        return new DefaultModelBindingContext
        {
            ModelMetadata = metadata,
            ModelName = name,
            BindingSource = BindingSource.Body,
            ModelState = new ModelStateDictionary(),
            ActionContext = new ActionContext { HttpContext = http },
        };
    }
}
