/**
 * Names as they are borne where the people come from, put together by chance: nobody in particular. Each list is a
 * line, names apart by a comma: compound first names, particles and accents are what lists have to cope with.
 */

interface Names {
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
  /** BCP 47: what they speak, the screens' language first. */
  readonly languages: readonly string[];
}

const listed = (names: string) => names.split(',').map((name) => name.trim());
const names = (women: string, men: string, families: string, languages: string): Names => ({
  women: listed(women),
  men: listed(men),
  families: listed(families),
  languages: listed(languages),
});

/** By ISO 3166 code. */
export const namesByCountry: Readonly<Record<string, Names>> = {
  AF: names(
    'Zahra, Mariam, Nasima, Fatima, Shabnam, Parwana, Bibi Gul, Masooma, Laila, Roya, Hosna, Farishta',
    'Abdul Rahman, Farid, Hamid, Mohammad Idris, Sayed Mustafa, Najibullah, Ahmad Shah, Rahmatullah, Gul Agha, Esmatullah, Khan Wali, Mirwais, Zabihullah, Sher Mohammad, Hekmatullah, Omid',
    'Noorzai, Ahmadi, Safi, Haidari, Karimi, Rezai, Stanikzai, Hashemi, Amarkhil, Popalzai, Mohammadi, Wardak, Yousufzai, Barakzai, Sadat, Rasuli',
    'fa-AF, ps',
  ),
  BD: names(
    'Nasrin, Shirin Akter, Taslima, Rokeya',
    'Rashedul, Md. Shafiqul, Jahangir, Kamrul Hasan, Abdus Salam',
    'Islam, Hossain, Chowdhury, Rahman, Miah, Sarker',
    'bn, en',
  ),
  ER: names(
    'Selam, Winta, Rahwa, Feven, Semhar',
    'Dawit, Filmon, Yonas, Berhane, Tesfalem, Kidane',
    'Tesfay, Gebremedhin, Habtemariam, Ghebreyesus, Woldeab, Haile',
    'ti, ar',
  ),
  SO: names(
    'Hodan, Samira, Ifrah, Sahra, Fadumo',
    'Abdirahman, Liban, Mahad, Yusuf, Guled',
    'Warsame, Osman, Abdullahi, Hassan Nur, Farah, Mohamud',
    'so, ar, en',
  ),
  SD: names(
    'Amna, Hiba, Rania, Nimat',
    'Adam, Haroun, Mohamed Eltayeb, Abakar, Ismaïl, Mustafa',
    'Abdelkarim, Ishag, Yahya Adam, El Hadi, Abdallah, Khamis',
    'ar, en',
  ),
  CN: names(
    'Lhamo, Pema, Dechen, Yangchen',
    'Tsering, Tenzin, Lobsang, Dorjee, Karma',
    'Dolma, Norbu, Wangchuk, Choedon, Gyatso, Phuntsok',
    'bo, en',
  ),
  TR: names(
    'Aynur, Elif, Gülşen, Zozan',
    'İbrahim, Çağlar, Ömer, Baran, Serhat',
    'Yılmaz, Şahin, Öztürk, Işık, Kılıç',
    'tr, en',
  ),
  UA: names(
    'Oksana, Iryna, Maryna, Yuliia',
    'Andriy, Oleh, Mykola',
    'Kovalenko, Shevchuk, Bondarenko, Lysenko',
    'uk, en',
  ),
  IR: names('Nasrin, Mahsa, Shirin', 'Reza, Kaveh, Arash', 'Mohseni, Jafari, Tehrani', 'fa, en'),
  LK: names('Tharani, Kavitha', 'Sivakumar, Thayaparan', 'Balasubramaniam, Selvarajah', 'ta, en'),
  GE: names('Nino, Tamar', 'Giorgi, Levan', 'Kvaratskhelashvili, Beridze', 'ka, en'),
  CD: names(
    'Marie-Claire, Béatrice, Grâce, Espérance, Nadège, Christelle, Mamie, Déborah, Gisèle, Plamedi, Ruth, Bénédicte',
    'Jean-Baptiste, Trésor, Héritier, Dieudonné, Christian, Patrick, Fiston, Exaucé, Glody, Hervé, Prince, Merveille',
    'Ilunga wa Kabamba, Mukendi, Tshiala Ngalula, Kabongo, Mbuyi, Lukusa, Nsimba, Kalala, Mwamba, Bolamba, Tshibangu, Kasongo, Makiese, Ndaya',
    'fr, ln',
  ),
  GN: names(
    'Fatoumata, Aïssatou, Mariama, Kadiatou, Hawa, Djenabou, Oumou, Fanta, Bintou',
    'Mamadou Saliou, Alpha Oumar, Thierno, Ibrahima, Ousmane, Mohamed Lamine, Abdoulaye, Elhadj Boubacar, Sékou',
    'Diallo, Barry, Bah, Camara, Soumah, Sylla, Keïta, Condé, Baldé, Sow, Touré',
    'fr, ff',
  ),
  CI: names(
    'Adjoua, Aminata, Affoué Prisca, Mariam, Awa',
    "Kouassi, N'Guessan Franck, Seydou, Yao, Lassina",
    "N'Dri, Kouamé, Ouattara, Koné, Bamba, Yéo",
    'fr, dyu',
  ),
  ML: names(
    'Aminata, Ramata, Sira, Oumou',
    'Modibo, Bakary, Sidi, Cheick Oumar',
    'Traoré, Coulibaly, Diarra, Dembélé, Sissoko',
    'fr, bm',
  ),
  CM: names(
    'Clarisse, Nadine, Odette',
    'Boris, Serge Alain, Éric',
    "Ngo Mbog, Fotso, Nguemo, Tchoua, M'Bida",
    'fr, en',
  ),
  HT: names(
    'Roseline, Marie-Ange, Guerda',
    'Wilner, Jean-Robert, Fritz',
    'Joseph, Pierre-Louis, Saint-Fleur, Désir',
    'fr, ht',
  ),
  CG: names('Prisca, Reine', 'Gildas, Brice', 'Makosso, Mabiala, Ngoma', 'fr, ln'),
  SN: names('Ndèye Fatou, Coumba', 'Pape Moussa, El Hadji', 'Ndiaye, Bâ, Mbaye', 'fr, wo'),
  BF: names('Rasmata, Alimata', 'Issouf, Adama', 'Ouédraogo, Zongo, Sawadogo', 'fr, mos'),
};

/** First names of those who facilitate. */
export const facilitatorFirstNames = listed(
  'Camille, Antoine, Sarah, Nicolas, Inès, Paul, Margaux, Yacine, Hélène, Thomas, Chloé, Rachid, Anaïs, Julien, Solène, Mathilde, Bastien, Leïla, Gaëlle, Olivier, Noémie, Vincent, Zoé, Karim, Françoise, Bernard, Monique, Hugo, Clémence, Raphaël, Mireille, Samuel, Agathe, Étienne, Nadia, Loïc, Pauline, Gérard, Odile, Théo',
);
export const facilitatorFamilies = listed(
  'Lefebvre, Garnier, Le Goff, Benali, Dubreuil, Marchand, da Silva, Roussel, Perrin, Kermarrec, Nguyen, Chevalier, Fabre, Haddad, Legrand, Bouvier, Castaing, Meunier, de La Tour, Renaud, Schmitt, Vasseur, Carpentier, Lopez, Texier, Aubry, Delmas, Jacquemin, Poirier, Guillou, Sanchez, Blanchet, Weber, Rolland, Picard, Mercier-Vidal, Cordier, Besnard, Oger, Thévenin',
);
