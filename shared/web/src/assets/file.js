// Puts a chosen file's text into the form's text field, so that the form is the same with and without a file.
"use strict";

for (const input of document.querySelectorAll("input[type=file][data-into]")) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) document.getElementById(input.dataset.into).value = await file.text();
  });
}

// An import that is under way: look again until it has ended.
if (document.querySelector("[data-until-done]")) setTimeout(() => window.location.reload(), 2000);
